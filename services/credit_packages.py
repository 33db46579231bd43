"""The price table."""

from dataclasses import dataclass

from services.errors import UnknownPackage


@dataclass(frozen=True, slots=True)
class CreditPackage:
    """So many credits for so much money; `savings` as the shop window shows them."""

    credits: int
    price_cents: int
    savings: str | None

    @property
    def price_usd(self) -> float:
        """The price in dollars, for display."""
        return self.price_cents / 100


PACKAGES = (
    CreditPackage(50, 500, None),
    CreditPackage(100, 900, "Save 10%"),
    CreditPackage(250, 2000, "Save 20%"),
    CreditPackage(500, 3500, "Save 30%"),
)


def find_package(credits: int) -> CreditPackage | None:
    """The package with exactly this many credits."""
    return next((package for package in PACKAGES if package.credits == credits), None)


def get_package(credits: int) -> CreditPackage:
    """The package with exactly this many credits. Raises UnknownPackage."""
    package = find_package(credits)
    if package is None:
        offered = ", ".join(str(offer.credits) for offer in PACKAGES)
        raise UnknownPackage(f"There is no package of {credits} credits. Choose one of {offered}.")
    return package
