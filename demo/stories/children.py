"""Those below the age: sent all the same, and shown the way to paediatrics."""

from demo import complaints
from demo.case import Act, Story
from demo.patients import Person
from demo.stories.lines import A_CHILDS
from demo.triage_acts import Claim, Redirect, Withdraw


def of_children(children: list[Person]) -> list[Story]:
    """A story for each child that has none yet."""
    told = {"0212159995", "0505239996", "1310169995"}
    fates: tuple[tuple[Act, ...], ...] = (
        (Claim(wait=1), Redirect(wait=1)),
        (),
        (Withdraw(wait=1, why="Er henvist til Børneafdelingen i stedet."),),
        (Redirect(wait=2),),
        (Claim(wait=1),),
    )
    left = [child for child in children if child.number not in told]
    return [
        Story(
            person=child,
            referrer="gerda.lykke" if child.postal_code == "3400" else "jens.aagaard",
            complaint=complaints.NERVE,
            begins=(-31, -3, -12, -44, -4)[place % 5] - place // 5,
            months=15,
            despite=A_CHILDS,
            acts=fates[place % 5],
        )
        for place, child in enumerate(left)
    ]
