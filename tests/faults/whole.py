"""What is half-done in a centre: each query counts what must not be there."""

from collections.abc import Mapping
from typing import Final

from tests.faults.centre import Centre

HALF_DONE: Final[Mapping[str, str]] = {
    "drafts sent twice or without a submission": """
        SELECT count(*) FROM referrals_draft d
        WHERE (d.sent_at IS NOT NULL)::int
            <> (SELECT count(*) FROM referrals_submission s WHERE s.draft_id = d.id)""",
    "referrals without exactly one submission": """
        SELECT count(*) FROM referrals_referral r
        WHERE 1 <> (SELECT count(*) FROM referrals_submission s WHERE s.referral_id = r.id)""",
    "referrals without the judgement of what was sent": """
        SELECT count(*) FROM referrals_referral r WHERE NOT EXISTS (
            SELECT FROM referrals_judgement j JOIN referrals_submission s ON s.id = j.submission_id
            WHERE s.referral_id = r.id AND j.id = r.judgement_id)""",
    "referrals without one receipt in the portal": """
        SELECT count(*) FROM referrals_referral r
        WHERE 1 <> (SELECT count(*) FROM correspondence_message m
            WHERE m.about = 'referral:' || r.id AND m.kind = 'receipt' AND m.channel = 'portal')""",
    "referrals whose history is not whole": """
        SELECT count(*) FROM referrals_referral r
        WHERE r.version <> (SELECT count(*) FROM referrals_referraltransition t
            WHERE t.case_id = r.id)
        OR r.status <> (SELECT t.to_status FROM referrals_referraltransition t
            WHERE t.case_id = r.id ORDER BY t.sequence DESC LIMIT 1)""",
    "accepted referrals without one signed decision, pathway, team and letter": """
        SELECT count(*) FROM referrals_referral r WHERE r.status = 'accepted' AND NOT (
            1 = (SELECT count(*) FROM referrals_decision d
                WHERE d.referral_id = r.id AND d.signed_at IS NOT NULL)
            AND 1 = (SELECT count(*) FROM pathways_pathwaytransition t
                WHERE t.case_id = r.pathway_id)
            AND EXISTS (SELECT FROM pathways_teammember t WHERE t.pathway_id = r.pathway_id)
            AND 1 = (SELECT count(*) FROM correspondence_message m
                WHERE m.about = 'referral:' || r.id AND m.kind = 'decision'
                AND m.channel = 'portal'))""",
    "decisions and pathways of referrals that were not accepted": """
        SELECT (SELECT count(*) FROM referrals_decision d JOIN referrals_referral r
                ON r.id = d.referral_id WHERE r.status <> 'accepted')
            + (SELECT count(*) FROM pathways_pathway p WHERE NOT EXISTS (
                SELECT FROM referrals_referral r WHERE r.pathway_id = p.id))""",
    "things told twice": """
        SELECT count(*) FROM (
            SELECT FROM correspondence_message WHERE kind NOT IN ('notice', 'waiting')
            GROUP BY about, kind, channel, recipient, address, subject HAVING count(*) > 1
        ) doubled""",
}


def half_done(centre: Centre) -> dict[str, int]:
    """How much there is of each, leaving out what there is none of."""
    found = {what: centre.count(query) for what, query in HALF_DONE.items()}
    return {what: number for what, number in found.items() if number}


def proof(centre: Centre) -> str:
    """The last line of the centre's own proof that nothing is lost; fails when something is."""
    return centre.python("manage.py", "prove").splitlines()[-1]
