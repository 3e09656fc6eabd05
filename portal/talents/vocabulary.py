"""The closed words people and exports use about work."""

from enum import StrEnum


class Contract(StrEnum):
    """Contract types."""

    CDI = "cdi"
    CDD = "cdd"
    INTERIM = "interim"
    FREELANCE = "freelance"
    APPRENTICESHIP = "apprenticeship"
    INTERNSHIP = "internship"


class Availability(StrEnum):
    """When someone could start."""

    NOW = "now"
    FROM_DATE = "from_date"
    NOTICE = "notice"
    NOT_LOOKING = "not_looking"


class Experience(StrEnum):
    """Years at the job."""

    JUNIOR = "junior"
    CONFIRMED = "confirmed"
    SENIOR = "senior"
    EXPERT = "expert"


class Remote(StrEnum):
    """How much of the work away from the place of work."""

    NONE = "none"
    SOME = "some"
    FULL = "full"


class Environment(StrEnum):
    """Where work takes place."""

    HOSPITAL = "hospital"
    CLINIC = "clinic"
    HOME_CARE = "home_care"
    SCHOOL = "school"
    WORKSHOP = "workshop"
    BUILDING_SITE = "building_site"
    OFFICE = "office"
    WAREHOUSE = "warehouse"
    SHOP = "shop"
    RESTAURANT = "restaurant"
    LAB = "lab"
    OUTDOORS = "outdoors"
    STARTUP = "startup"
    SMALL_BUSINESS = "small_business"
    LARGE_COMPANY = "large_company"
    PUBLIC_SERVICE = "public_service"
