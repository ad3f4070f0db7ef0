"""Where a patient belongs whom the centre cannot receive; the deck's arrows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Destination(TextChoices):
    """A place that receives those whom the centre does not."""

    PALLIATIVE = "palliative", _("Palliativ afdeling")
    PAEDIATRIC = "paediatric", _("Børneafdeling")
    REFERRER = "referrer", _("Egen læge eller henviser")
    HEADACHE = "headache", _("Hovedpinecenter")
    MISUSE = "misuse", _("Misbrugscenter")
    ALCOHOL = "alcohol", _("Alkoholenhed")
