//! Registering, signing in, the password and the profile.

mod change_password;
mod login;
mod register;
mod update_profile;
