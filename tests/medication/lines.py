"""Lines of medicine as Danish practices write them, and what each must be read as."""

from decimal import Decimal
from typing import NamedTuple

from medication.unread import Why

D = Decimal


class Expected(NamedTuple):
    """Fields of the reading, in the order they are easiest to check against the line."""

    drug: str
    substance: str
    form: str
    strength: str
    unit: str
    units: str
    doses: str
    day: str
    as_needed: bool = False
    interval: str | None = None


MORPHINE, OXYCODONE, TRAMADOL = "morfin", "oxycodon", "tramadol"
PN = True

READ: dict[str, Expected] = {
    "Contalgin 30 mg 1 x 2": Expected("Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"),
    "Contalgin 30mg 1x2": Expected("Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"),
    "Contalgin 30 mg × 2": Expected("Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"),
    "Contalgin 30 mg 1+1+2": Expected("Contalgin", MORPHINE, "depot", "30", "mg", "4", "1", "120"),
    "Contalgin 30 mg 1 + 1": Expected("Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"),
    "Contalgin 30 mg 1-0-1": Expected("Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"),
    "Contalgin 60 mg 1+0+1+0": Expected(
        "Contalgin", MORPHINE, "depot", "60", "mg", "1", "2", "120"
    ),
    "Tabl. Contalgin 30 mg, 1 tabl. morgen og aften": Expected(
        "Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"
    ),
    "Contalgin® (morfin) 30 mg 1 tablet 2 gange dagligt mod smerter": Expected(
        "Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"
    ),
    "Contalgin 10 mg hver 12. time": Expected(
        "Contalgin", MORPHINE, "depot", "10", "mg", "1", "2", "20"
    ),
    "Contalgin 30 mg - 1 x 2": Expected("Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"),
    "Contalgin 30 mg 1 morgen 1 aften": Expected(
        "Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"
    ),
    "Contalgin 30 mg 1 morgen, 0 middag, 2 aften": Expected(
        "Contalgin", MORPHINE, "depot", "30", "mg", "3", "1", "90"
    ),
    "Contalgin 30 mg kl. 08.00 og kl. 20.00": Expected(
        "Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"
    ),
    "Contalgin 30 mg 2 gange dagligt (morgen og aften)": Expected(
        "Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"
    ),
    "contalgin 30 mg kl. 8 og 20": Expected(
        "Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"
    ),
    "DOLTARD 10 MG X 2 FAST": Expected("Doltard", MORPHINE, "depot", "10", "mg", "1", "2", "20"),
    "Malfin 60 mg x 2 dgl.": Expected("Malfin", MORPHINE, "depot", "60", "mg", "1", "2", "120"),
    "Depolan 30 mg 2 tabl. dgl.": Expected(
        "Depolan", MORPHINE, "depot", "30", "mg", "2", "1", "60"
    ),
    "Morfin 10 mg ½ tabl. x 4": Expected(
        "Morfin", MORPHINE, "tablet", "10", "mg", "0.5", "4", "20"
    ),
    "Morfin 10 mg 1/2 x 4": Expected("Morfin", MORPHINE, "tablet", "10", "mg", "0.5", "4", "20"),
    "Morfin 10 mg 1½ tablet 4 x dgl": Expected(
        "Morfin", MORPHINE, "tablet", "10", "mg", "1.5", "4", "60"
    ),
    "Morfin 10 mg p.n. højst 6 gange i døgnet": Expected(
        "Morfin", MORPHINE, "tablet", "10", "mg", "1", "6", "60", PN
    ),
    "Morfin oral opløsning 2 mg/ml 5 ml x 4": Expected(
        "Morfin", MORPHINE, "solution", "2", "mg/ml", "5", "4", "40"
    ),
    "Oramorph 2 mg/ml 2,5 ml p.n. højst 6 gange dgl.": Expected(
        "Oramorph", MORPHINE, "solution", "2", "mg/ml", "2.5", "6", "30", PN
    ),
    "Morfin inj. 10 mg/ml 1 ml s.c. p.n. max 4 gange dgl": Expected(
        "Morfin", MORPHINE, "injection", "10", "mg/ml", "1", "4", "40", PN
    ),
    "OxyContin 20 mg depot 1 x 2": Expected(
        "OxyContin", OXYCODONE, "depot", "20", "mg", "1", "2", "40"
    ),
    "Oxynorm 5 mg p.n. højst 4 dgl.": Expected(
        "OxyNorm", OXYCODONE, "tablet", "5", "mg", "1", "4", "20", PN
    ),
    "Oxynorm 5 mg kaps. 1 p.n. max x 4": Expected(
        "OxyNorm", OXYCODONE, "tablet", "5", "mg", "1", "4", "20", PN
    ),
    "Oxynorm 5 mg 1 kapsel ved behov, højst 4 kapsler i døgnet": Expected(
        "OxyNorm", OXYCODONE, "tablet", "5", "mg", "1", "4", "20", PN
    ),
    "Oxynorm 10 mg pn., maks. 40 mg dgl.": Expected(
        "OxyNorm", OXYCODONE, "tablet", "10", "mg", "1", "4", "40", PN
    ),
    "Oxycodon depot 10 mg 1+0+1": Expected(
        "Oxycodon", OXYCODONE, "depot", "10", "mg", "1", "2", "20"
    ),
    'Oxycodone "Orion" 5 mg 1 tabl. efter behov, højst 4 gange i døgnet': Expected(
        "Oxycodone", OXYCODONE, "tablet", "5", "mg", "1", "4", "20", PN
    ),
    "Reltebon depot 20 mg x 2": Expected(
        "Reltebon", OXYCODONE, "depot", "20", "mg", "1", "2", "40"
    ),
    "Targin 10/5 mg 1 x 2": Expected(
        "Targin", "oxycodon+naloxon", "depot", "10", "mg", "1", "2", "20"
    ),
    "Targin 20 mg/10 mg 1 x 2": Expected(
        "Targin", "oxycodon+naloxon", "depot", "20", "mg", "1", "2", "40"
    ),
    "Targin 5/2,5 mg morgen og aften": Expected(
        "Targin", "oxycodon+naloxon", "depot", "5", "mg", "1", "2", "10"
    ),
    "Palladon retard 4 mg 1 x 2": Expected(
        "Palladon", "hydromorfon", "depot", "4", "mg", "1", "2", "8"
    ),
    "Durogesic 25 µg/t hver 3. døgn": Expected(
        "Durogesic", "fentanyl", "patch", "25", "µg/h", "1", "1", "25", interval="72"
    ),
    "Durogesic 12 mikrogram/time skiftes hver 72. time": Expected(
        "Durogesic", "fentanyl", "patch", "12", "µg/h", "1", "1", "12.5", interval="72"
    ),
    "Fentanyl depotplaster 50 mcg/h hver 3. dag": Expected(
        "Fentanyl", "fentanyl", "patch", "50", "µg/h", "1", "1", "50", interval="72"
    ),
    "Fentanyl 2 plastre à 25 μg/t hver 72. time": Expected(
        "Fentanyl", "fentanyl", "patch", "25", "µg/h", "2", "1", "50", interval="72"
    ),
    "Matrifen 75 mikrogram pr. time 1 plaster hvert tredje døgn": Expected(
        "Matrifen", "fentanyl", "patch", "75", "µg/h", "1", "1", "75", interval="72"
    ),
    "Norspan 10 µg/t skiftes hver uge": Expected(
        "Norspan", "buprenorphin", "patch", "10", "µg/h", "1", "1", "10", interval="168"
    ),
    "Norspan 20 mikrogram/time 1 plaster ugentligt": Expected(
        "Norspan", "buprenorphin", "patch", "20", "µg/h", "1", "1", "20", interval="168"
    ),
    "Buprenorphin 5 µg/t 1 gang om ugen": Expected(
        "Buprenorphin", "buprenorphin", "patch", "5", "µg/h", "1", "1", "5", interval="168"
    ),
    "Transtec 35 µg/t 2 gange ugentligt": Expected(
        "Transtec", "buprenorphin", "patch", "35", "µg/h", "1", "1", "35", interval="84"
    ),
    "Temgesic 0,2 mg resoriblet 1 x 3": Expected(
        "Temgesic", "buprenorphin", "sublingual", "0.2", "mg", "1", "3", "0.6"
    ),
    "Abstral 100 µg p.n. højst 4 gange dgl.": Expected(
        "Abstral", "fentanyl", "sublingual", "100", "µg", "1", "4", "0.4", PN
    ),
    "Instanyl 50 mikrogram 1 pust p.n. højst 4 gange dgl.": Expected(
        "Instanyl", "fentanyl", "nasal", "50", "µg", "1", "4", "0.2", PN
    ),
    "Tramadol 50 mg 2 tabl. 4 gange dgl.": Expected(
        "Tramadol", TRAMADOL, "tablet", "50", "mg", "2", "4", "400"
    ),
    "Tramadol retard 100 mg 1 tabl morgen og 2 aften": Expected(
        "Tramadol", TRAMADOL, "depot", "100", "mg", "3", "1", "300"
    ),
    "Tramadol 50 mg 2 tabletter morgen, middag og aften": Expected(
        "Tramadol", TRAMADOL, "tablet", "50", "mg", "2", "3", "300"
    ),
    "Tramadol 50 mg en halv tablet tre gange dagligt": Expected(
        "Tramadol", TRAMADOL, "tablet", "50", "mg", "0.5", "3", "75"
    ),
    "Tramadol Krka 50 mg 2 kapsler hver 6. time": Expected(
        "Tramadol", TRAMADOL, "tablet", "50", "mg", "2", "4", "400"
    ),
    "Mandolgin 50 mg 1-2 tabl. p.n., højst 8 tabl. dgl.": Expected(
        "Mandolgin", TRAMADOL, "tablet", "50", "mg", "2", "4", "400", PN
    ),
    "Nobligan 50 mg 1-2 kaps. pn max 4 gange dgl": Expected(
        "Nobligan", TRAMADOL, "tablet", "50", "mg", "2", "4", "400", PN
    ),
    "Gemadol Retard 150 mg x 2": Expected(
        "Gemadol", TRAMADOL, "depot", "150", "mg", "1", "2", "300"
    ),
    "Dolol 50 mg 3 gange dagligt": Expected(
        "Dolol", TRAMADOL, "tablet", "50", "mg", "1", "3", "150"
    ),
    "Tradolan 50 mg 1 tabl. p.n. hver 6. time, højst 3 tabl. i døgnet": Expected(
        "Tradolan", TRAMADOL, "tablet", "50", "mg", "1", "3", "150", PN
    ),
    "Palexia depot 100 mg 1 x 2": Expected(
        "Palexia", "tapentadol", "depot", "100", "mg", "1", "2", "200"
    ),
    "Kodein 25 mg 2 tabl. x 4 p.n.": Expected(
        "Kodein", "kodein", "tablet", "25", "mg", "2", "4", "200", PN
    ),
    "Kodimagnyl 500/9,6 mg 2 tabl. 4 gange dagligt": Expected(
        "Kodimagnyl", "kodein+acetylsalicylsyre", "tablet", "9.6", "mg", "2", "4", "76.8"
    ),
    "Pinex Comp 500/30 mg 2 x 4": Expected(
        "Pinex Comp", "kodein+paracetamol", "tablet", "30", "mg", "2", "4", "240"
    ),
    "Fortamol 400 mg + 28,7 mg 1 x 3": Expected(
        "Fortamol", "kodein+paracetamol", "tablet", "28.7", "mg", "1", "3", "86.1"
    ),
    "Ketogan 5 mg 1 tabl. p.n. max 6 dgl.": Expected(
        "Ketogan", "ketobemidon+spasmolytikum", "tablet", "5", "mg", "1", "6", "30", PN
    ),
    "Petidin 50 mg 1 supp. x 3": Expected(
        "Petidin", "petidin", "suppository", "50", "mg", "1", "3", "150"
    ),
    "Metadon 10 mg 1 x 3": Expected("Metadon", "metadon", "tablet", "10", "mg", "1", "3", "30"),
    "Metadon 40 mg dgl.": Expected("Metadon", "metadon", "tablet", "40", "mg", "1", "1", "40"),
    "Panodil 1 g x 4": Expected("Panodil", "paracetamol", "tablet", "1", "g", "1", "4", "4000"),
    "Pinex 500 mg 2 tabl. 4 gange dgl.": Expected(
        "Pinex", "paracetamol", "tablet", "500", "mg", "2", "4", "4000"
    ),
    "Gabapentin 300 mg 1+1+2": Expected(
        "Gabapentin", "gabapentin", "tablet", "300", "mg", "4", "1", "1200"
    ),
    "Lyrica 75 mg 1 x 2": Expected("Lyrica", "pregabalin", "tablet", "75", "mg", "1", "2", "150"),
    "Saroten 25 mg 1 tabl. til natten": Expected(
        "Saroten", "amitriptylin", "tablet", "25", "mg", "1", "1", "25"
    ),
    "fentanylplaster 50 mcg/t hver 3. dag": Expected(
        "Fentanyl", "fentanyl", "patch", "50", "µg/h", "1", "1", "50", interval="72"
    ),
    "Morfindepottabletter 30 mg 1 x 2": Expected(
        "Morfin", MORPHINE, "depot", "30", "mg", "1", "2", "60"
    ),
    "Norspan 20 µg/t x 1 ugentlig": Expected(
        "Norspan", "buprenorphin", "patch", "20", "µg/h", "1", "1", "20", interval="168"
    ),
    "Targiniq 10/5 mg 1 x 2": Expected(
        "Targiniq", "oxycodon+naloxon", "depot", "10", "mg", "1", "2", "20"
    ),
    "Saroten 25 mg nocte": Expected(
        "Saroten", "amitriptylin", "tablet", "25", "mg", "1", "1", "25"
    ),
    "Contalgin 30 mg 1 tabl. kl. 08 og 1 tabl. kl. 20": Expected(
        "Contalgin", MORPHINE, "depot", "30", "mg", "1", "2", "60"
    ),
    "Contalgin 30 mg 1 tabl. kl. 8 og 2 tabl. kl. 20": Expected(
        "Contalgin", MORPHINE, "depot", "30", "mg", "3", "1", "90"
    ),
    "Morfin inj 10 mg s.c. p.n. max 4 dgl": Expected(
        "Morfin", MORPHINE, "injection", "10", "mg", "1", "4", "40", PN
    ),
    "Prednisolon 5 mg hver anden dag": Expected(
        "Prednisolon", "prednisolon", "tablet", "5", "mg", "1", "0.5", "2.5"
    ),
}

UNREAD: dict[str, Why] = {
    "Blahdol 30 mg 1 x 2": Why.UNKNOWN_DRUG,
    "30 mg 1 x 2": Why.UNKNOWN_DRUG,
    "Contalgin 30 mg 1 x 2 og Oxynorm 5 mg p.n.": Why.TWO_DRUGS,
    "Contalgin 1 x 2": Why.NO_STRENGTH,
    "Contalgin 30 1 x 2": Why.NO_STRENGTH,
    "Norspan 20 hver uge": Why.NO_STRENGTH,
    "Tramadol 1.000 mg x 2": Why.NO_STRENGTH,
    "Contalgin 30 mg 60 mg x 2": Why.TWO_STRENGTHS,
    "Contalgin 30 mg morgen og 60 mg aften": Why.TWO_STRENGTHS,
    "Durogesic 100 µg/t + 25 µg/t hver 3. døgn": Why.TWO_STRENGTHS,
    "Tramadol 50-100 mg x 4": Why.LEFT_OVER,
    "Pinex Comp 500 mg 2 x 4": Why.COMBINATION,
    "Targin 10/10 mg 1 x 2": Why.COMBINATION,
    "Durogesic 25 mg hver 3. døgn": Why.WRONG_UNIT,
    "Contalgin 25 µg/t x 2": Why.WRONG_UNIT,
    "Oxycontin 10 mg/ml 1 ml x 2": Why.WRONG_UNIT,
    "Fentanyl 100 µg p.n. højst 4 dgl.": Why.NO_FORM,
    "Morfin 10 mg/ml 1 ml x 4": Why.NO_FORM,
    "Contalgin supp. 30 mg x 2": Why.WRONG_FORM,
    "Oramorph 2 mg/ml 5 x 4": Why.NOT_MILLILITRES,
    "Tramadol 50 mg 1 plaster x 2": Why.WRONG_FORM,
    "Tramadol 50 mg 5 ml x 2": Why.WRONG_COUNT,
    "Oramorph 10 mg 5 ml x 4": Why.WRONG_COUNT,
    "Contalgin 30 mg": Why.NOT_OFTEN,
    "Contalgin 30 mg 2 tabl.": Why.NOT_OFTEN,
    "Tramadol 50 mg 2 gange": Why.NOT_OFTEN,
    "Tramadol 50 mg 1 tabl. hver 7. time": Why.NOT_DAILY,
    "Metadon 10 mg ugentligt": Why.NOT_DAILY,
    "Durogesic 25 µg/t": Why.NO_INTERVAL,
    "Durogesic 25 µg/t x 2": Why.NO_INTERVAL,
    "Oxynorm 5 mg p.n.": Why.NO_MAXIMUM,
    "Oxynorm 5 mg 1-2 ved behov": Why.RANGE,
    "Tramadol 50 mg 2 tabl. p.n. højst 4 dgl.": Why.MAXIMUM_UNCLEAR,
    "Tramadol 50 mg 1-2 tabl. p.n. højst 8 dgl.": Why.MAXIMUM_UNCLEAR,
    "Oxynorm 5 mg p.n. max 4": Why.LEFT_OVER,
    "Metadon 15 mg p.n. max 20 mg dgl.": Why.MAXIMUM_UNCLEAR,
    "Oxynorm 5 mg 1 x 2 p.n. højst 4 dgl.": Why.TWO_WAYS,
    "Tramadol 50 mg 1 tabl. højst 4 gange dgl.": Why.ALWAYS_OR_AS_NEEDED,
    "Durogesic 25 µg/t hver 3. døgn p.n.": Why.ALWAYS_OR_AS_NEEDED,
    "Tramadol 50 mg 1-2 tabl. x 4": Why.RANGE,
    "Tramadol 50 mg 1-2 x 4": Why.RANGE,
    "Tramadol 50 mg 3-4 gange dgl.": Why.RANGE,
    "Tramadol 50 mg 1 x 3 4 gange dgl.": Why.TWO_WAYS,
    "Tramadol 50 mg 2 tabl. 1 x 3": Why.TWO_WAYS,
    "Tramadol 50 mg 2 gange dagligt, morgen, middag og aften": Why.TWO_WAYS,
    "Contalgin 30 mg 1 x 2, aftrappes": Why.CHANGING,
    "Contalgin 30 mg 1 x 2 øges til 60 mg": Why.CHANGING,
    "Contalgin 30 mg 1 x 2 sep. 3/5": Why.NOT_TAKEN,
    "Tidligere Contalgin 30 mg 1 x 2": Why.NOT_TAKEN,
    "Contalgin 30 mg 1 x 2 uden effekt": Why.NOT_TAKEN,
    "Cave: Morfin 10 mg x 2": Why.NOT_TAKEN,
    "Tramadol 50 mg ca. 4 dgl.": Why.UNCERTAIN,
    "Tramadol 50 mg evt. 1 x 4": Why.UNCERTAIN,
    "Contalgin 30 mg 1 x 2 siden 2019": Why.LEFT_OVER,
    "Contalgin 30 mg 2 x 30 mg": Why.TWO_STRENGTHS,
    "Tramadol 2 x 50 mg x 4": Why.LEFT_OVER,
    "Tramadol 50 mg mod smerter x?": Why.NOT_OFTEN,
    "Contalgin 30 mg 1 x 2 + 1 p.n. højst 2": Why.LEFT_OVER,
    "Contalgin 30 mg 1-2-24": Why.NOT_OFTEN,
    "Contalgin 30 mg 1 x 1, 1 til natten": Why.TWO_WAYS,
    "Contalgin 30 mg 1 tabl., 1 til natten": Why.TWO_WAYS,
    "Contalgin 30 mg 1 x 2 1 x 2": Why.TWO_WAYS,
    "Contalgin 60 mg dgl. 1 x 2": Why.TWO_WAYS,
    "Contalgin 60 mg i døgnet, 2 tabl.": Why.TWO_WAYS,
    "Contalgin 60 mg pr. døgn fordelt på 2": Why.LEFT_OVER,
    "Contalgin 30 mg morgen aften": Why.TWO_WAYS,
    "Contalgin 30 mg 1 x 4 og p.n.": Why.LEFT_OVER,
    "Contalgin 30 mg 1 x 2 i 7 dage": Why.LEFT_OVER,
    "Contalgin 30 mg 1 x 2 x 7 dage": Why.LEFT_OVER,
    "Contalgin 30 mg 100 stk. 1 x 2": Why.LEFT_OVER,
    "Palexia 50 mg + 100 mg 1 x 2": Why.TWO_STRENGTHS,
    "Norspan 10 + 5 µg/t hver uge": Why.LEFT_OVER,
    "Oxynorm 5-10 mg p.n. max 4 dgl.": Why.LEFT_OVER,
    "Oxynorm 5 mg p.n. max 4-6 dgl.": Why.RANGE,
    "Tramadol 50 mg x 3-4": Why.LEFT_OVER,
    "Pinex 500 mg + Kodein 25 mg 2 x 4": Why.TWO_DRUGS,
    "Durogesic 25 mikrogram hver 3. døgn": Why.WRONG_UNIT,
    "Contalgin 30 mg 1 x 22": Why.UNCERTAIN,
    "Contalgin 30 mg 30 tabl. x 2": Why.UNCERTAIN,
    "Contalgin 30 mg 0 x 2": Why.NOT_TAKEN,
    "Durogesic 25 µg/t 0 plastre hver 3. døgn": Why.NOT_TAKEN,
    "Tramadol 50 mg 1 x 3 ugentligt": Why.NOT_DAILY,
    "Tramadol 50 mg 10 dråber x 3": Why.LEFT_OVER,
    "Oramorph 10 mg/5 ml 5 ml x 4": Why.WRONG_COUNT,
    "Morfin 10 mg 6 tabl. pr. døgn hver 4. time": Why.TWO_WAYS,
    "Contalgin 30 mg 3 tabl. dgl., hver 8. time": Why.TWO_WAYS,
    "Contalgin 30 mg 3 tabl. (dgl.), hver 8. time": Why.TWO_WAYS,
    "Tramadol 50 mg 8 tabl. dgl. 4 gange dgl.": Why.TWO_WAYS,
    "Tramadol 50 mg 4 gange dgl., 8 tabl. dgl.": Why.TWO_WAYS,
    "Contalgin 30 mg 2 tabl dgl morgen og aften": Why.TWO_WAYS,
    "Durogesic 25 µg/t, 5 stk., skiftes hver 3. døgn": Why.WRONG_COUNT,
    "Norspan 10 µg/t 4 stk skiftes ugentligt": Why.WRONG_COUNT,
    "Durogesic 25 µg/t 5 plastre hver 3. døgn": Why.UNCERTAIN,
    "Durogesic 25 µg/t 4 hver 3. døgn": Why.UNCERTAIN,
    "Durogesic 25 µg/t ½ plaster hver 3. døgn": Why.UNCERTAIN,
    "Transtec 35 µg/t x 2 ugentligt": Why.LEFT_OVER,
    "Contalgin 30 mg kl. 8 og 20 og 2 kaps. 3 x dgl.": Why.TWO_WAYS,
    "Contalgin 30 mg kl. 8 1 tabl., kl. 14 1 tabl., kl. 20 1 tabl.": Why.TWO_WAYS,
    "Contalgin 30 mg 1 tabl. kl. 8 og 1 tabl. kl. 8": Why.TWO_WAYS,
    "Contalgin 30 mg 1 tabl. kl. 8 og 60 mg kl. 20": Why.TWO_STRENGTHS,
    "Morfin 10 g x 2": Why.UNCERTAIN,
    "Contalgin 2000 mg x 2": Why.UNCERTAIN,
    "Durogesic 1000 µg/t hver 3. døgn": Why.UNCERTAIN,
    "Contalgin 30 mg 2,2 tabl. dgl.": Why.UNCERTAIN,
    "Contalgin 30 mg 1 til natten, 1 til natten": Why.TWO_WAYS,
    "Contalgin 30 mg 2 tabletter dgl x 3": Why.TWO_WAYS,
    "Contalgin 60 mg, dgl. 2 tabl.": Why.TWO_WAYS,
    "Oxycodon 5 mg 2 tabl. p.n., højst 6 tabl. dgl. x 3": Why.TWO_WAYS,
    "Tramadol 50 mg 3/4 gange dgl": Why.UNCERTAIN,
    "Tramadol 50 mg 1/2 gange dgl": Why.UNCERTAIN,
    "Tramadol 50 mg 2,5 x dgl": Why.UNCERTAIN,
    "Tramadol 50 mg 1 tabl. x ½": Why.UNCERTAIN,
    "Oxynorm 5 mg p.n. højst 3/4 dgl.": Why.UNCERTAIN,
}
