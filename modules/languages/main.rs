//! Tells the language of every line of its input. See README.md.
mod model;
mod text;

use model::{Model, Script};
use std::io::{self, Read, Write};

/// Shorter lines, in UTF-16 units, are not judged.
const MIN_UNITS: usize = 10;
/// Longer lines are judged by their beginning.
const MAX_UNITS: usize = 2048;
/// What a trigram costs a language that does not have it among its 300.
const ABSENT: i64 = 300;

/// A language's ISO 639-3 code, and by how much it was better than the second one, 0 to 1000.
struct Verdict {
    language: &'static str,
    lead: i64,
}

const UNKNOWN: Verdict = Verdict { language: "und", lead: 0 };

fn judge(model: &mut Model, line: &str) -> Verdict {
    let units: Vec<u16> = line.encode_utf16().take(MAX_UNITS).collect();
    if units.len() < MIN_UNITS {
        return UNKNOWN;
    }
    let sample = String::from_utf16_lossy(&units);
    match model.script_of(&sample) {
        None => UNKNOWN,
        Some(script) if script.languages().is_empty() => Verdict { language: script.name, lead: 1000 },
        Some(script) => nearest(script, &sample, units.len() as i64),
    }
}

/// The language whose ranking of trigrams is nearest to the sample's counts (Cavnar and Trenkle, 1994).
fn nearest(script: &mut Script, sample: &str, length: i64) -> Verdict {
    let counts = text::trigram_counts(sample);
    let mut distances = vec![ABSENT * counts.len() as i64; script.languages().len()];
    for (trigram, count) in counts {
        for entry in script.entries(trigram) {
            distances[entry.language] += (count - entry.rank - 1).abs() - ABSENT;
        }
    }
    let (mut best, mut second) = (0, i64::MAX);
    for language in 1..distances.len() {
        if distances[language] < distances[best] {
            second = distances[best];
            best = language;
        } else {
            second = second.min(distances[language]);
        }
    }
    let worst = length * ABSENT - distances[best];
    let lead = if second == i64::MAX { 1000 } else { (second - distances[best]) * 1000 / worst.max(1) };
    Verdict { language: script.languages()[best].code, lead }
}

fn main() -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let input = String::from_utf8_lossy(&bytes);
    let mut model = Model::load();
    let mut output = String::new();
    for line in input.lines() {
        let Verdict { language, lead } = judge(&mut model, line);
        output.push_str(&format!("{language}\t{lead}\n"));
    }
    io::stdout().lock().write_all(output.as_bytes())
}
