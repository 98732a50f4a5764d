//! What an answer's time tells: medians of interleaved samples.
