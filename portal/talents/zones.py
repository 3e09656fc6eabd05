"""By which clock people live where they work: department and collectivity, and in Polynesia the archipelago. Pure."""

PARIS = "Europe/Paris"
# INSEE's first three digits.
_OVERSEAS = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
# Fatu-Hiva, Hiva-Oa, Nuku-Hiva, Tahuata, Ua-Huka, Ua-Pou: half an hour ahead of Tahiti. Gambier: an hour.
_ISLANDS = dict.fromkeys(("98718", "98723", "98731", "98746", "98756", "98757"), "Pacific/Marquesas")
_ISLANDS |= {"98719": "Pacific/Gambier"}
# As they were numbered while they belonged to Guadeloupe.
_ISLANDS |= {"97123": "America/St_Barthelemy", "97127": "America/Marigot"}


def zone_of(insee: str) -> str:
    """Return the time zone of a commune of France by its INSEE code."""
    return _ISLANDS.get(insee) or _OVERSEAS.get(insee[:3], PARIS)
