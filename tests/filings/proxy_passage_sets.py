"""All sets of passages of invented proxy statements, in the order in which they were written."""

from tests.filings.proxy_passages_eighth import EIGHTH
from tests.filings.proxy_passages_eleventh import ELEVENTH
from tests.filings.proxy_passages_fifteenth import FIFTEENTH
from tests.filings.proxy_passages_fifth import FIFTH
from tests.filings.proxy_passages_first import FIRST
from tests.filings.proxy_passages_first_rare import FIRST_RARE
from tests.filings.proxy_passages_fourteenth import FOURTEENTH
from tests.filings.proxy_passages_fourth import FOURTH
from tests.filings.proxy_passages_ninth import NINTH
from tests.filings.proxy_passages_second import SECOND
from tests.filings.proxy_passages_seventeenth import SEVENTEENTH
from tests.filings.proxy_passages_seventh import SEVENTH
from tests.filings.proxy_passages_sixteenth import SIXTEENTH
from tests.filings.proxy_passages_sixth import SIXTH
from tests.filings.proxy_passages_tenth import TENTH
from tests.filings.proxy_passages_third import THIRD
from tests.filings.proxy_passages_thirteenth import THIRTEENTH
from tests.filings.proxy_passages_twelfth import TWELFTH

ALL_PASSAGES = (
    *FIRST,
    *FIRST_RARE,
    *SECOND,
    *THIRD,
    *FOURTH,
    *FIFTH,
    *SIXTH,
    *SEVENTH,
    *EIGHTH,
    *NINTH,
    *TENTH,
    *ELEVENTH,
    *TWELFTH,
    *THIRTEENTH,
    *FOURTEENTH,
    *FIFTEENTH,
    *SIXTEENTH,
    *SEVENTEENTH,
)
