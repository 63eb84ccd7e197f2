//! Text as trigrams: three UTF-16 units in a row, packed into a number.

/// How often each trigram of the cleaned text occurs, in order of the trigrams.
pub fn trigram_counts(text: &str) -> Vec<(u64, i64)> {
    let units: Vec<u16> = cleaned(text).encode_utf16().collect();
    let pack = |w: &[u16]| (w[0] as u64) << 32 | (w[1] as u64) << 16 | w[2] as u64;
    let mut trigrams: Vec<u64> = units.windows(3).map(pack).collect();
    trigrams.sort_unstable();
    let mut counts: Vec<(u64, i64)> = Vec::new();
    for trigram in trigrams {
        match counts.last_mut() {
            Some((last, count)) if *last == trigram => *count += 1,
            _ => counts.push((trigram, 1)),
        }
    }
    counts
}

/// Lower-case words with one space before and after each: digits, ASCII punctuation and white space only part them.
fn cleaned(text: &str) -> String {
    let mut clean = String::from(" ");
    for word in text.to_lowercase().split(parts_words).filter(|word| !word.is_empty()) {
        clean.push_str(word);
        clean.push(' ');
    }
    clean
}

fn parts_words(c: char) -> bool {
    matches!(c, '!'..='@' | '\u{feff}') || (c.is_whitespace() && c != '\u{85}')
}
