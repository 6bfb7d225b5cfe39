//! The key file on disk: made once, replaced whole, and changed by one command at a time.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt, chown},
    path::{Path, PathBuf},
};

/// What tells that a file was replaced or written: inode, length, time in seconds and nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp(u64, u64, i64, i64);

impl Stamp {
    pub fn of(file: &Path) -> io::Result<Self> {
        let about = fs::metadata(file)?;
        Ok(Self(about.ino(), about.len(), about.mtime(), about.mtime_nsec()))
    }
}

/// Writes a file that is not there yet and that only its owner reads.
pub(super) fn create(file: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Puts other text in the place of a file: whoever reads it sees the one or the other, also after a power cut.
/// Owner and rights stay, so that who could read it still can.
pub(super) fn replace(file: &Path, text: &str) -> io::Result<()> {
    let about = fs::metadata(file)?;
    let mut name = file.as_os_str().to_owned();
    name.push(".new");
    let beside = PathBuf::from(name);
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {} // left behind by a change that was cut short
    }
    create(&beside, text)?;
    chown(&beside, Some(about.uid()), Some(about.gid()))?;
    fs::set_permissions(&beside, about.permissions())?;
    fs::rename(&beside, file)?;
    folder(file)?.sync_all()
}

/// Held while the key is changed; none: another process has it.
pub(super) fn turn(file: &Path) -> io::Result<Option<File>> {
    let folder = folder(file)?;
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

fn folder(file: &Path) -> io::Result<File> {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))
}
