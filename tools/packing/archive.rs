//! An archive with the provider in it, the same bytes for the same program.

use std::{fs, fs::File, io, path::Path};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::Result;

/// A file's name in the archive, where it is now, and its permissions.
pub type Entry<'a> = (&'a str, &'a Path, u32);

/// The time of every file is the earliest that the format knows, since the time of a build says nothing of its content.
pub fn write(archive: &Path, entries: &[Entry<'_>]) -> Result<()> {
    let mut writer = ZipWriter::new(File::create(archive)?);
    for (name, file, permissions) in entries {
        let options = SimpleFileOptions::DEFAULT
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(*permissions);
        writer.start_file(*name, options)?;
        let mut content = File::open(file).map_err(|error| format!("{}: {error}", file.display()))?;
        io::copy(&mut content, &mut writer)?;
    }
    writer.finish()?;
    Ok(())
}

/// The lower case hexadecimal SHA-256 of a file.
pub fn sha256(file: &Path) -> Result<String> {
    let content = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &content);
    Ok(digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
}
