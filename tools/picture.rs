//! Draws the picture of the demo for the README: `cargo run --example picture`.
//!
//! It is drawn from `assets/demo.txt`, an excerpt of what the demo says. A test holds the excerpt to a real run.

#[path = "picture/drawing.rs"]
mod drawing;

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let excerpt = fs::read_to_string(root.join(drawing::EXCERPT))?;
    fs::write(root.join(drawing::PICTURE), drawing::svg(&excerpt))?;
    println!("wrote {}", drawing::PICTURE);
    Ok(())
}
