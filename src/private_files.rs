//! Files that only the user whom the service runs as may read.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Result, Write as _};
use std::path::Path;

/// Makes `folder` and what leads to it, where missing.
pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Creates the file `path` for writing; fails if there is one.
pub(crate) fn create_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Opens the file `path` for writing, as it is; creates it where it is missing.
pub(crate) fn open_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the file `path` with `content`, whole or not at all; one that is there already stays as it is.
/// `unique` tells apart those who try at the same time.
pub(crate) fn make_file(path: &Path, content: &[u8], unique: &str) -> Result<()> {
    let draft = path.with_extension(unique);
    let mut file = create_file(&draft)?;
    let made = file
        .write_all(content)
        .and_then(|()| file.sync_all())
        // Unlike a renaming, a link never replaces what another process has made meanwhile.
        .and_then(|()| std::fs::hard_link(&draft, path));
    std::fs::remove_file(&draft)?;
    match made {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
