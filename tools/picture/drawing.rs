//! A terminal as SVG: its own dark background, so that it can be read on a light page and on a dark one.

/// What is drawn.
pub const EXCERPT: &str = "assets/demo.txt";
pub const PICTURE: &str = "assets/demo.svg";

/// As many characters as a line may have.
pub const COLUMNS: usize = 80;
const CHARACTER: f64 = 8.4;
const LINE: usize = 20;
const MARGIN: usize = 20;
/// Above the text, with three buttons as windows have them.
const BAR: usize = 32;

const BACKGROUND: &str = "#0d1117";
const FRAME: &str = "#3d444d";
const TEXT: &str = "#e6edf3";
const PALE: &str = "#9198a1";
const GREEN: &str = "#3fb950";
const YELLOW: &str = "#d29922";
const RED: &str = "#f85149";
const BLUE: &str = "#58a6ff";

/// A part of a line in one colour.
struct Part<'a> {
    text: &'a str,
    colour: &'static str,
    is_bold: bool,
}

pub fn svg(excerpt: &str) -> String {
    let lines: Vec<&str> = excerpt.lines().collect();
    let width = 2 * MARGIN + (COLUMNS as f64 * CHARACTER) as usize;
    let height = BAR + LINE * lines.len() + MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>A terminal: terraform creates a pod, finds that somebody stopped it, and destroys it</title>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"{BACKGROUND}\" stroke=\"{FRAME}\"/>\n",
        width - 1,
        height - 1
    );
    for (place, colour) in [RED, YELLOW, GREEN].into_iter().enumerate() {
        svg += &format!(
            "<circle cx=\"{}\" cy=\"16\" r=\"5\" fill=\"{colour}\"/>\n",
            MARGIN + place * 18
        );
    }
    svg += "<g font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,monospace\" font-size=\"14\" xml:space=\"preserve\">\n";
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        svg += &text(line, BAR + LINE * (number + 1) - 5);
    }
    svg + "</g>\n</svg>\n"
}

/// Its length is set, so that columns stay columns in whatever font the reader has.
fn text(line: &str, y: usize) -> String {
    let length = line.chars().count() as f64 * CHARACTER;
    let parts: String = parts(line).iter().map(part).collect();
    format!("<text x=\"{MARGIN}\" y=\"{y}\" textLength=\"{length:.1}\">{parts}</text>\n")
}

fn part(part: &Part<'_>) -> String {
    let weight = if part.is_bold { " font-weight=\"bold\"" } else { "" };
    let text = part
        .text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<tspan fill=\"{}\"{weight}>{text}</tspan>", part.colour)
}

/// In the colours that Terraform gives them.
fn parts(line: &str) -> Vec<Part<'_>> {
    let part = |text, colour, is_bold| Part { text, colour, is_bold };
    if let Some(command) = line.strip_prefix("$ ") {
        return vec![part("$ ", BLUE, true), part(command, TEXT, true)];
    }
    if line.starts_with(['#', '…']) {
        return vec![part(line, PALE, false)];
    }
    if line.contains(" complete! ") {
        return vec![part(line, GREEN, true)];
    }
    let indentation = line.len() - line.trim_start().len();
    let mark = match line[indentation..].split(' ').next() {
        Some("+") => GREEN,
        Some("~") => YELLOW,
        Some("-") => RED,
        _ => return vec![part(line, TEXT, line.starts_with("  # "))],
    };
    let (before, after) = line.split_at(indentation + 1);
    vec![part(before, mark, false), part(after, TEXT, false)]
}
