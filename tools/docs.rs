//! Writes the registry's pages under `docs/`: `cargo run --example docs`.

use std::{fs, io, path::Path};

use gpupod::{docs, resources::Gpupod};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).ok();
    for (path, page) in docs::pages(&Gpupod, &read) {
        let file = root.join(&path);
        fs::create_dir_all(file.parent().unwrap_or(root))?;
        fs::write(file, page)?;
        println!("wrote {path}");
    }
    Ok(())
}
