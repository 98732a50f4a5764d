//! How a browser reaches an authenticator.

/// A transport (section 5.8.4). Helps the browser to show the right dialog; nothing is decided by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    /// Bluetooth Low Energy.
    Ble,
    /// A phone nearby, found by QR code.
    Hybrid,
    /// Built into the device.
    Internal,
    /// Near field communication.
    Nfc,
    /// A smart card with contacts.
    SmartCard,
    /// USB.
    Usb,
}

impl Transport {
    /// Every known transport.
    pub(crate) const ALL: [Self; 6] = [
        Self::Ble,
        Self::Hybrid,
        Self::Internal,
        Self::Nfc,
        Self::SmartCard,
        Self::Usb,
    ];

    /// Returns the name in the standard.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ble => "ble",
            Self::Hybrid => "hybrid",
            Self::Internal => "internal",
            Self::Nfc => "nfc",
            Self::SmartCard => "smart-card",
            Self::Usb => "usb",
        }
    }

    /// Returns the transport with this name, or `None` for one that is not known.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}
