//! What is known about scripts and languages, read from model.txt.

/// A language and its 300 most frequent trigrams, the most frequent first.
pub struct Language {
    pub code: &'static str,
    trigrams: &'static str,
}

/// The place of a trigram among a language's most frequent ones, from 0.
pub struct Entry {
    trigram: u64,
    /// Index into the script's languages.
    pub language: usize,
    pub rank: i64,
}

/// A writing system, the characters it consists of, and the languages that use it.
pub struct Script {
    pub name: &'static str,
    ranges: Vec<(u32, u32)>,
    languages: Vec<Language>,
    /// All languages' trigrams in order; built when the script is first met.
    index: Option<Vec<Entry>>,
}

pub struct Model {
    scripts: Vec<Script>,
}

impl Model {
    pub fn load() -> Model {
        let mut scripts: Vec<Script> = Vec::new();
        for line in include_str!("model.txt").lines() {
            let mut fields = line.split('\t');
            let (code, content) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
            match (fields.next(), scripts.last_mut()) {
                (Some(ranges), _) => scripts.push(Script::new(content, ranges)),
                (None, Some(script)) => script.languages.push(Language { code, trigrams: content }),
                (None, None) => {}
            }
        }
        Model { scripts }
    }

    /// The script that most characters of the sample belong to, the first of several; none when no character does.
    pub fn script_of(&mut self, sample: &str) -> Option<&mut Script> {
        let mut most = 0;
        let mut found = None;
        for script in &mut self.scripts {
            let count = sample.chars().filter(|&c| script.contains(c)).count();
            if count > most {
                most = count;
                found = Some(script);
            }
        }
        found
    }
}

impl Script {
    fn new(name: &'static str, ranges: &str) -> Script {
        let hex = |text: &str| u32::from_str_radix(text, 16).ok();
        let range = |text: &str| text.split_once('-').and_then(|(a, b)| Some((hex(a)?, hex(b)?)));
        let ranges = ranges.split(',').filter_map(range).collect();
        Script { name, ranges, languages: Vec::new(), index: None }
    }

    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    fn contains(&self, c: char) -> bool {
        let point = c as u32;
        let after = self.ranges.partition_point(|&(first, _)| first <= point);
        after > 0 && point <= self.ranges[after - 1].1
    }

    /// Every language's entry for a trigram.
    pub fn entries(&mut self, trigram: u64) -> impl Iterator<Item = &Entry> {
        let languages = &self.languages;
        let index = self.index.get_or_insert_with(|| index_of(languages));
        let start = index.partition_point(|entry| entry.trigram < trigram);
        index[start..].iter().take_while(move |entry| entry.trigram == trigram)
    }
}

fn index_of(languages: &[Language]) -> Vec<Entry> {
    let mut index: Vec<Entry> = Vec::new();
    for (language, known) in languages.iter().enumerate() {
        for (rank, text) in known.trigrams.split('|').enumerate() {
            let trigram = text.encode_utf16().fold(0, |key, unit| key << 16 | unit as u64);
            index.push(Entry { trigram, language, rank: rank as i64 });
        }
    }
    index.sort_unstable_by_key(|entry| (entry.trigram, entry.language, entry.rank));
    index
}
