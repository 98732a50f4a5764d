//! The client of a request: its address, its device, and names for both.

mod device_name;
mod requester;

pub(crate) use device_name::device_name;
pub(crate) use requester::Client;
