"""What the demo patients suffer from, in referrers' words; back pain most often, as in the deck."""

from dataclasses import dataclass, field
from typing import Any, Final

# Lines as practices write them: each a little differently.
PARACETAMOL: Final = "Paracetamol 1 g x 4"
PANODIL: Final = "Panodil 500 mg 2 tabl. 4 gange dgl."
MORPHINE: Final = "Contalgin 30 mg 1 x 2"
MORPHINE_NEEDED: Final = "Morfin 10 mg 1 tabl. p.n. højst 4 gange dgl."
OXYCODONE: Final = "Oxycodon depot 20 mg 1+0+1"
TRAMADOL: Final = "Tramadol depot 150 mg morgen og aften"
# 400 mg a day: at, above or below 60 mg of morphine, by the set that is asked.
TRAMADOL_400: Final = "Tramadol 50 mg 2 tabl. 4 gange dgl."
BUPRENORPHINE: Final = "Norspan 10 µg/t skiftes hver 7. dag"
FENTANYL: Final = "Durogesic 50 µg/t hver 3. døgn"
GABAPENTIN: Final = "Gabapentin 600 mg x 3"
PREGABALIN: Final = "Lyrica 150 mg 1 kaps. morgen og aften"
DULOXETINE: Final = "Duloxetin 60 mg x 1"
AMITRIPTYLINE: Final = "Amitriptylin 25 mg til natten"
IBUPROFEN: Final = "Ibuprofen 400 mg p.n. højst 3 gange dgl."
# Not to be read: the dose is being changed, the strength is missing, nobody knows the drug.
TAPERING: Final = "Gabapentin 300 mg, optrappes til 900 mg dgl."
CREAM: Final = "Capsaicin creme på lysken efter behov"
HERBAL: Final = "Hyben og gurkemeje"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A pain condition with its history; ``months`` is how long it has lasted at the referral."""

    diagnosis: str
    where: str
    months: int
    nrs: tuple[int, int]
    consequences: str
    findings: str
    imaging: str = ""
    opinions: str = ""
    tried: str
    medicine: tuple[str, ...]
    help_wanted: str
    psychological: str = ""
    social: str = ""
    says: dict[str, Any] = field(default_factory=dict)


DISC: Final = Complaint(
    diagnosis="Lumbal eller torakal diskusprolaps med radikulopati (DM511)",
    where="Lænden med udstråling til højre ben, ud i storetåen",
    months=31,
    nrs=(6, 9),
    consequences="Sover 4 timer ad gangen. Kan sidde et kvarter. Har ikke kunnet passe sit job.",
    findings="Nedsat følesans svarende til L5 på højre side. Ingen pareser. Lasègue positiv.",
    imaging="MR af lænden: diskusprolaps L4/L5 med påvirkning af nerveroden, uændret efter et år.",
    opinions="Rygkirurgisk vurdering: ingen indikation for operation.",
    tried="Fysioterapi i et halvt år med kortvarig virkning. Gabapentin gav svimmelhed.",
    medicine=(PARACETAMOL, MORPHINE, PREGABALIN),
    help_wanted="Vurdering og plan for den samlede smertebehandling.",
    psychological="Nedtrykt og bekymret for fremtiden. Ingen behandlingskrævende depression.",
    social="Sygemeldt i ti måneder; afklaring i kommunen er ikke begyndt.",
)
BACK: Final = Complaint(
    diagnosis="Lændesmerter UNS (DM545)",
    where="Lænden, mest i venstre side, uden udstråling",
    months=54,
    nrs=(5, 8),
    consequences="Klarer fuldtidsarbejde, men må lægge sig bagefter.",
    findings="Øm muskulatur, fri bevægelighed, normale neurologiske forhold. Blodprøver normale.",
    imaging="MR af lænden: aldersvarende degenerative forandringer.",
    opinions="Reumatolog: ingen inflammatorisk rygsygdom.",
    tried="Fysioterapi, rygskole og NSAID (mavesmerter). Tramadol hjælper i nogle timer.",
    medicine=(PARACETAMOL, TRAMADOL),
    help_wanted="Er der andre muligheder end tramadol?",
)
AFTER_BACK_SURGERY: Final = Complaint(
    diagnosis="Postlaminektomi syndrom IKA (DM961)",
    where="Lænden og begge ben, brændende smerter i fødderne",
    months=40,
    nrs=(7, 9),
    consequences="Går højst 200 meter. Afhængig af hjælp til indkøb og rengøring.",
    findings="Opereret tre gange. Nedsat følesans i begge fodsåler, allodyni over arret.",
    imaging="MR af lænden efter seneste operation: arvæv, ingen ny prolaps.",
    opinions="Rygkirurgisk konference: ikke flere operationer.",
    tried="Morfin i stigende dosis, gabapentin, blokade. Træning på hold forværrede smerterne.",
    medicine=(PARACETAMOL, OXYCODONE, GABAPENTIN, AMITRIPTYLINE),
    help_wanted="Kan neurostimulation være en mulighed?",
    social="Fleksjob er ophørt; økonomien er uafklaret.",
    says={"complicating.expertise": ["neurostimulation"]},
)
NECK: Final = Complaint(
    diagnosis="Distorsion i cervikale rygsøjle (DS134)",
    where="Nakken og skuldrene, med hovedpine ved belastning",
    months=22,
    nrs=(6, 8),
    consequences="Kan ikke koncentrere sig mere end en halv time. Deltidssygemeldt.",
    findings="Nedsat drejning af nakken, øm muskulatur. Normale neurologiske forhold.",
    imaging="MR af nakken: normal.",
    opinions="Neurolog: færdigudredt, ingen yderligere undersøgelser.",
    tried="Fysioterapi og manuel behandling. Amitriptylin tåltes ikke.",
    medicine=(PANODIL, IBUPROFEN),
    help_wanted="Hjælp til at leve med smerterne og komme tilbage i arbejde.",
    psychological="Søvnbesvær og angst for at køre bil efter ulykken.",
    social="Verserende erstatningssag efter påkørsel bagfra.",
    says={"complicating.compensation": "yes", "complicating.headache": "beside"},
)
FIBROMYALGIA: Final = Complaint(
    diagnosis="Fibromyalgi (DM797)",
    where="Hele kroppen, værst i skuldre, hofter og hænder",
    months=66,
    nrs=(7, 9),
    consequences="Udtalt træthed. Klarer højst én ting om dagen. Har opgivet sit fritidsarbejde.",
    findings="Udbredt ømhed. Ingen hævede led. Reumatologiske blodprøver normale.",
    opinions="Reumatolog har stillet diagnosen og afsluttet forløbet.",
    tried="Bassintræning hjælper. Duloxetin gav kvalme, pregabalin vægtøgning.",
    medicine=(PARACETAMOL, AMITRIPTYLINE, HERBAL),
    help_wanted="Tværfagligt tilbud: mestring, søvn og aktivitet.",
    psychological="Tidligere depression, nu stabil. Går hos psykolog.",
    social="På kontanthjælp; ressourceforløb er på vej.",
)
NERVE: Final = Complaint(
    diagnosis="Neuralgi eller neuritis UNS (DM792)",
    where="Højre lyske efter brokoperation",
    months=19,
    nrs=(5, 9),
    consequences="Kan ikke cykle eller løfte sine børn.",
    findings="Allodyni svarende til n. ilioinguinalis. Ingen recidivbrok.",
    imaging="Ultralyd af lysken: normal.",
    opinions="Kirurg: ingen indikation for ny operation.",
    tried="Lidokainplaster og gabapentin med nogen virkning. To blokader med kort virkning.",
    medicine=(TAPERING, PARACETAMOL, CREAM),
    help_wanted="Er behandlingen af nervesmerterne den rigtige?",
)
POLYNEUROPATHY: Final = Complaint(
    diagnosis="Diabetisk polyneuropati (DG632)",
    where="Begge fødder, brændende og stikkende, værst om natten",
    months=48,
    nrs=(6, 8),
    consequences="Vågner fem gange om natten. Går usikkert.",
    findings="Ophævet vibrationssans til anklerne. HbA1c 54 og stabil.",
    opinions="Endokrinolog og neurolog: færdigudredt.",
    tried="Amitriptylin (mundtørhed) og duloxetin med delvis virkning.",
    medicine=(DULOXETINE, PREGABALIN, PARACETAMOL),
    help_wanted="Er min behandling den optimale, eller bør jeg skifte?",
)
CRPS: Final = Complaint(
    diagnosis="Refleksdystrofi (DM890)",
    where="Venstre hånd og underarm",
    months=16,
    nrs=(7, 10),
    consequences="Kan ikke bruge hånden. Sygemeldt fra arbejde som frisør.",
    findings="Hævet, blåfarvet og kold hånd. Tåler ikke berøring.",
    imaging="Knoglescintigrafi forenelig med CRPS.",
    opinions="Håndkirurg: brud på håndleddet er helet, ingen kirurgisk behandling.",
    tried="Ergoterapi to gange om ugen, prednisolonkur, gabapentin.",
    medicine=(GABAPENTIN, BUPRENORPHINE, PARACETAMOL),
    help_wanted="Samlet vurdering, også af neurostimulation.",
    psychological="Stærkt påvirket af smerterne, grædende i konsultationen.",
    says={"complicating.expertise": ["neurostimulation"]},
)
OPIOIDS: Final = Complaint(
    diagnosis="Andre kroniske smerter (DR522)",
    where="Ryg, skuldre og ben",
    months=120,
    nrs=(7, 8),
    consequences="Sover om dagen, er vågen om natten. Kommer sjældent ud.",
    findings="Sløret af medicinen. Ingen fokale udfald.",
    imaging="MR af hele ryggen: degenerative forandringer.",
    opinions="Reumatolog og neurolog har afsluttet patienten.",
    tried="Nedtrapning i almen praksis er forsøgt tre gange og opgivet.",
    medicine=(FENTANYL, MORPHINE_NEEDED, PANODIL),
    help_wanted="Hjælp til at trappe opioider ned.",
    psychological="Angst for at blive uden medicin.",
    social="Førtidspensionist, bor alene.",
    says={"complicating.expertise": ["opioid_dependence"]},
)
ENDOMETRIOSIS: Final = Complaint(
    diagnosis="Endometriose (DN80)",
    where="Underlivet og lænden",
    months=70,
    nrs=(5, 10),
    consequences="Har sygedage hver måned. Samlivet er påvirket.",
    findings="Ømhed ved gynækologisk undersøgelse.",
    opinions="Gynækologisk afdeling: hormonbehandlet og opereret, nu færdigbehandlet.",
    tried="Hormonspiral, laparoskopi to gange, NSAID.",
    medicine=(PARACETAMOL, TRAMADOL_400, IBUPROFEN),
    help_wanted="Smertebehandling, efter at gynækologerne har afsluttet.",
    psychological="Bekymring for at miste arbejdet; ingen psykiatrisk sygdom.",
)
ARTHROSIS: Final = Complaint(
    diagnosis="Smerter i begge knæ efter alloplastik",
    where="Begge knæ, mest højre",
    months=28,
    nrs=(5, 7),
    consequences="Går med rollator. Kommer ikke længere i haven.",
    findings="Stabile knæ uden infektionstegn. Bøjer til 95 grader.",
    imaging="Røntgen: proteserne sidder, som de skal.",
    opinions="Ortopædkirurgisk afdeling: ingen yderligere operation.",
    tried="Genoptræning, NSAID (nyrerne tåler det ikke), tramadol (svimmel).",
    medicine=(PARACETAMOL, BUPRENORPHINE),
    help_wanted="Er depotplaster det rigtige valg ved nedsat nyrefunktion?",
)
TRAUMA: Final = Complaint(
    diagnosis="Smerter UNS (DR529)",
    where="Bækken og højre ben efter trafikulykke",
    months=3,
    nrs=(7, 9),
    consequences="Går med to krykker.",
    findings="Opereret for bækkenbrud. Tegn på nerveskade i højre ben.",
    imaging="CT: brud i god stilling.",
    tried="Epidural, dernæst morfin og gabapentin.",
    medicine=("Malfin 40 mg x 2", GABAPENTIN, PARACETAMOL),
    help_wanted="Opfølgning efter udskrivelse og nedtrapning af morfin.",
    says={"question.question": "follow_up", "question.situations": ["trauma"]},
)
SURGERY: Final = Complaint(
    diagnosis="Fantomsyndrom med smerter (DG546)",
    where="Stump og fantomsmerter, venstre underben",
    months=2,
    nrs=(6, 10),
    consequences="Sover dårligt. Kan endnu ikke gå med protese.",
    findings="Helet stump, meget følsom for berøring.",
    tried="Nerveblokade under indlæggelsen, ketamin i et døgn, gabapentin.",
    medicine=("OxyContin 30 mg 1 x 2", GABAPENTIN, PARACETAMOL),
    help_wanted="Opfølgning inden for to uger efter udskrivelsen.",
    says={
        "question.question": "follow_up",
        "question.situations": ["high_risk_surgery", "opioids_at_discharge"],
        "question.opioid_contexts": ["naive_before"],
    },
)

# What comes by itself, as often as it stands here.
USUAL: Final = (
    *(DISC, BACK, AFTER_BACK_SURGERY, FIBROMYALGIA, DISC, NECK, OPIOIDS),
    *(BACK, NERVE, DISC, AFTER_BACK_SURGERY, CRPS, FIBROMYALGIA, ENDOMETRIOSIS, BACK),
)
