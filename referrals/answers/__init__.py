"""What the referrer's typed answers say: as facts for the criteria, as sections for reading, as
what is still missing. Answers are kept as typed and read anew each time; what cannot be read counts
as not answered.
"""

from referrals.answers.differing import fields_changed, written_answer
from referrals.answers.missing import Problem, open_questions, problems
from referrals.answers.person import interpreter_not_told, written_interpreter, written_name
from referrals.answers.questions import field_choices, field_label, question_link
from referrals.answers.reading import facts_of, read, setting_of, spared
from referrals.answers.sections import Row, Section, sections
from referrals.answers.sources import sources_of

__all__ = [
    "Problem",
    "Row",
    "Section",
    "facts_of",
    "field_choices",
    "field_label",
    "fields_changed",
    "interpreter_not_told",
    "open_questions",
    "problems",
    "question_link",
    "read",
    "sections",
    "setting_of",
    "sources_of",
    "spared",
    "written_answer",
    "written_interpreter",
    "written_name",
]
