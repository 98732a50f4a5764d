//! What went wrong in comparable systems, tried here.

mod limits;
