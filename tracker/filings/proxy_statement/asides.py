"""What stands between the names of proponents: postal addresses, holdings, and others who are not named."""

import re

from tracker.filings.proxy_statement.words import HOLDER

_STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii"
    "|Idaho|Illinois|Indiana|Iowa|Kansas|"
    "Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana"
    "|Nebraska|Nevada|New Hampshire|"
    "New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania"
    "|Rhode Island|South Carolina|"
    "South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
    "|District of Columbia|D\\.?C\\.?|"
    "Canada|Ontario|Quebec|British Columbia|United Kingdom|England|Switzerland|Germany|Netherlands"
    "|Australia|USA|U\\.S\\.A?\\.?"
)
STATE = re.compile(rf"(?:the )?(?:{_STATES}|[A-Z]{{2}})\.?(?:\s+[A-Z]?\d[\dA-Z -]{{2,9}})?", re.ASCII)
PLACE_TAIL = re.compile(r"\s+(?:of|in|at|from)\s+[A-Z][\w.’' -]{1,30}$")
ADDRESS = re.compile(
    r"(?:\d|p\.?\s?o\.?\s?box|post office|suite\b|ste\.?\s|floor\b|room\b|apt\b|apartment\b|unit\s\d"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten)\s(?:[\w.]+\s){1,3}(?:street|avenue|plaza|place|cent(?:er|re)"
    r"|square|building|towers?|park|parkway|road|drive|way|circle|boulevard|court)\b|no\.\s?\d|#\s?\d|c/o\b|rr\s?\d|box\s\d"
    r"|attn)"
    r"|.{0,60}\b(?:street|avenue|ave|boulevard|blvd|road|rd|drive|lane|ln|suite|floor|building|plaza"
    r"|parkway|highway|court|circle|terrace|square|nw|n\.w|sw|s\.w|ne"
    r"|se)\b\.?(?:\s+(?:[ns]\.?\s?[ew]\b\.?|north|south|east|west|suite\b.*|floor\b.*|#?\d[\w-]*))?$",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"(?:(?:the |a |an |each )?(?:(?:beneficial|record|registered|long-?term|joint|direct|current"
    r"|continuous) ){0,3}(?:owners?|holders?)\b|(?:who|whose|which|that|each|with|located|residing"
    r"|having|holding|owning|represent|(?-i:through|by|at|in|of|to|on|as|via|for)\b|"
    r"whom|and (?:the )?(?:beneficial |record |registered )?(?:owners?|holders?|owning|holding|who"
    r"|whose|his|her|its|their)\b|beneficially|collectively|together|along|acting|claiming|stating"
    r"|having|if\b|proponents?\b|co-?filers?\b|co-?sponsors?\b|lead filer|primary filer|the (?:lead"
    r"|primary) filer)"
    ")",
    re.IGNORECASE,
)
# An office after a name: "X, Editor, The Weekly" is one proponent.
OFFICE = re.compile(r"(?:editor|publisher|author|professor|columnist)\b", re.IGNORECASE)
SOME_HOLDER = re.compile(
    r"(?:an?|one|two|certain|several|various|the|our|some|other|individual"
    r"|the company['’]s) (?:of (?:our|the company['’]s) )?(?:individual |institutional |other "
    rf"|following )?(?:{HOLDER}|proponent|individual|investor|owner|person)s?(?=\s*$|\s+(?-i:[a-z]))",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|several|certain"
    r"|other|various|multiple|some|additional|a number of|a group of|its|their|his"
    r"|her)\b(?:.{0,20}\b)?(?:co-?filers?|co-?sponsors?|co-?proponents?|others?|shareholders?"
    r"|stockholders?|investors?|delegates?|designees?|representatives?|funds|systems)\b",
    re.IGNORECASE,
)
