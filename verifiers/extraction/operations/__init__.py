"""Named operations: derivatives, integrals, determinants, binomials, and what an answer says they give."""
