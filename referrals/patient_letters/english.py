"""The letters to a referred patient in English."""

from letters.content import Block, Content, Facts, Heading, Points, paragraphs, read
from letters.letterhead import letterhead
from letters.models import Letter
from letters.phrases import Reader, call_us, dear, guides, interpreter, place, reader_of
from letters.wording import closing, date
from pathways.rights import Right
from referrals.models import WaitingTime
from referrals.patient_letters.facts import Passing, Reception, Refusing

EN = Letter.Language.ENGLISH
RIGHTS = {Right.TREATMENT: "treatment", Right.INVESTIGATION: "examination and diagnosis"}


def notice(facts: Reception) -> Content:
    """What § 90 demands: when and where, whether in time, free choice, waiting times, help."""
    head = letterhead(EN)
    return Content(
        title=f"You are welcome at the {head.name}",
        blocks=(
            *paragraphs(
                dear(facts.patient, EN),
                f"{facts.referrer} has referred you to us, and we offer you treatment here.",
            ),
            Facts(
                (
                    ("Your first appointment", f"no later than {date(facts.first_visit_by, EN)}"),
                    ("Place", place(EN)),
                    ("The doctor responsible for you", facts.physician),
                )
            ),
            *paragraphs(
                "We will send you another letter with the day, time and place as soon as we have "
                "found a time. You do not need to do anything."
            ),
            *read(facts.added),
            Heading("The law's time limit"),
            *paragraphs(_deadline(facts)),
            Heading("You can choose another hospital"),
            Points(_choices(facts)),
            *_waits(facts, head.waiting_times),
            *paragraphs(guides(EN)),
            Heading("Interpreter and questions"),
            *paragraphs(
                interpreter(facts.patient, EN),
                f"If you cannot come, or have questions, please call us. {call_us(EN)} If you get "
                "much worse while you wait, call your own doctor.",
            ),
        ),
        closing=closing(EN),
    )


def _deadline(facts: Reception) -> str:
    what, day = RIGHTS[facts.right], date(facts.right_by, EN)
    right = f"You have the right to be offered {what} no later than {day}."
    kept = "We can do that." if facts.is_in_time else "Unfortunately, we cannot do that."
    return f"{right} {kept}"


def _choices(facts: Reception) -> tuple[str, ...]:
    private = "choose a private hospital that has an agreement with the regions"
    return (
        "You always have the right to choose another public hospital.",
        f"If you get no appointment within the time limit, you have the right to {private}."
        if facts.is_in_time
        else f"As we cannot keep the time limit, you now also have the right to {private}.",
        "If you want to go somewhere else, call us. We will see to it that you are referred on.",
        "You can also ask us how many patients we treat.",
    )


def _waits(facts: Reception, waiting_times: str) -> tuple[Block, ...]:
    """The waiting times elsewhere, where we know any, and where to see more or ask."""
    known = tuple(map(_wait, facts.elsewhere))
    lead = "As far as we know, the wait in other places is:"
    more = f"You can see the waiting times at other hospitals at {waiting_times}, or ask us."
    points = (Points(known, lead),) if known else ()
    return (*points, *paragraphs(more))


def _wait(elsewhere: WaitingTime) -> str:
    few = {0: "less than a week", 1: "about a week"}
    weeks = few.get(elsewhere.weeks, f"about {elsewhere.weeks} weeks")
    return f"{elsewhere.place}: {weeks} (as of {date(elsewhere.known_on, EN)})"


def redirected(facts: Passing) -> Content:
    """Where the patient is helped better, in gentle words."""
    reader = reader_of(facts.patient, EN)
    return _told(facts, reader, _where(facts, reader), _next(facts, reader))


def declined(facts: Refusing) -> Content:
    """That the centre has no offer, who knows why, and what happens next, in gentle words."""
    reader = reader_of(facts.patient, EN)
    answer = f"Unfortunately, we cannot offer {reader.whom} treatment here."
    return _told(facts, reader, answer, _referrer_knows(facts, reader))


def _told(facts: Refusing, reader: Reader, answer: str, next_step: str) -> Content:
    return Content(
        title=f"About the referral to the {letterhead(EN).name}",
        blocks=(
            *paragraphs(
                dear(facts.patient, EN),
                f"{facts.referrer} has referred {reader.whom} to us because of pain. We have read "
                f"the referral carefully, and we take {reader.whose} pain seriously.",
                answer,
            ),
            Heading("What happens now"),
            *paragraphs(next_step),
            *read(facts.added),
            Heading("You can choose your hospital"),
            *paragraphs(
                "You have the right to choose among the public hospitals that offer the treatment "
                f"{_needed(reader)}. {guides(EN, reader)}",
                f"If you have questions about this letter, please call us. {call_us(EN, reader)}",
            ),
        ),
        closing=closing(EN),
    )


def _needed(reader: Reader) -> str:
    return f"{reader.who} {'need' if reader.who == reader.you else 'needs'}"


def _where(facts: Passing, reader: Reader) -> str:
    if not facts.place:
        return (
            f"Right now {reader.who} can get the best help from {facts.referrer}, who know "
            f"{reader.whom}."
        )
    return f"We believe that {reader.who} can get better help at {facts.place} than here."


def _next(facts: Passing, reader: Reader) -> str:
    if facts.forwarded_to:
        return (
            f"We are sending the referral on for you to {facts.forwarded_to}. You will hear from "
            "them when they have read it. You do not need to do anything."
        )
    if facts.place:
        return (
            f"{facts.referrer} has been told and can refer {reader.whom} there. Call them if you "
            "hear nothing."
        )
    return _referrer_knows(facts, reader)


def _referrer_knows(facts: Refusing, reader: Reader) -> str:
    """Only what stands in the referrer's letter."""
    told = ["the reason for our answer", "what they can do now"]
    if facts.says_when:
        told.append(f"when {reader.who} can be referred again")
    return (
        f"{facts.referrer} has had a letter from us about {', '.join(told[:-1])} and {told[-1]}. "
        "Call them to talk about it."
    )
