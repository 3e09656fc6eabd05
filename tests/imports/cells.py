"""What may stand in one cell: anything, and the words people put there in any order."""

from hypothesis import strategies as st

CELLS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            "45 k € brut mois an net 3 200 - à préavis mois ASAP anglais C1 B2 TOEIC 850 Lyon 69003 , / ; mars 2027 fin mi "  # noqa: SIM905 (reads as a cell does)
            "disponible pas soudeur cariste oui non 0 99999999 € 1,5 et".split()
        ),
        max_size=8,
    ).map(" ".join),
)
