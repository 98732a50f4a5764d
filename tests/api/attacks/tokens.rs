//! Forged, stolen, mangled and outlived tokens.
