//! What is finished of a migration, so that it can go on after whatever happens: [`Journal`].
//!
//! One line of JSON for each file, written once the file stands in its place. A line says what the file holds, so that one
//! that a power cut took with it is done again.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use postferry::Setting;
use postferry::diag::codes;
use postferry::site::{Done, Item};
use serde::{Deserialize, Serialize};

use crate::cli::message::Message;
use crate::cli::{Stop, output};

/// The folder in the target that is there only while it is being written.
const WORK: &str = ".postferry";

/// What is known of one finished file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Its path in the source.
    pub(super) path: String,
    /// Tells its source from a changed one.
    pub(super) source: u64,
    /// Tells what was written from anything else.
    pub(super) written: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    settings: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) stubs: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) told: Vec<ToldOf>,
}

/// One diagnostic.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ToldOf {
    pub(super) code: String,
    pub(super) severity: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) column: Option<usize>,
    pub(super) message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) help: Option<String>,
}

impl ToldOf {
    pub(super) fn of_error(error: &postferry::Error) -> Self {
        ToldOf {
            code: error.code().name.to_owned(),
            severity: error.code().severity.as_str().to_owned(),
            line: None,
            column: None,
            message: error.message().to_owned(),
            help: error.help_text().map(str::to_owned),
        }
    }
}

impl Entry {
    pub(super) fn new(item: &Item, source: u64, done: &Done) -> Self {
        let told = done.diagnostics.iter().map(|(diagnostic, place)| ToldOf {
            code: diagnostic.code.name.to_owned(),
            severity: diagnostic.severity.as_str().to_owned(),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone().map(Cow::into_owned),
        });
        let setting = |setting: &Setting| (setting.table.to_string(), setting.entry.to_string());
        Entry {
            path: item.path.to_string(),
            source,
            written: done.mark,
            settings: done.settings.iter().map(setting).collect(),
            stubs: done.stubs.clone(),
            told: told.collect(),
        }
    }

    pub(super) fn settings(&self) -> impl Iterator<Item = Setting> {
        self.settings.iter().map(|(table, entry)| Setting::new(table.clone(), entry.clone()))
    }
}

/// The first line.
#[derive(Serialize, Deserialize, PartialEq)]
struct Header {
    postferry: String,
    plan: u64,
}

/// The journal of the run that goes on in a folder.
pub(super) struct Journal {
    folder: PathBuf,
    file: File,
    finished: BTreeMap<String, Entry>,
}

impl Journal {
    /// Begins one in `folder`, or goes on with the one that is there. `None` if the run is finished.
    pub(super) fn open(folder: &Path, source: &Path, plan: u64, resumes: bool) -> Result<Option<Self>, Stop> {
        let header = Header { postferry: env!("CARGO_PKG_VERSION").to_owned(), plan };
        let path = folder.join(WORK).join("journal");
        if resumes && path.is_file() {
            return Self::go_on(folder, &path, &header).map(Some);
        }
        if resumes && folder.join("postferry-urls.csv").is_file() {
            // It may have ended while the journal was being put away.
            return match fs::remove_dir_all(folder.join(WORK)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(&path, &error)),
                _ => Ok(None),
            };
        }
        let is_empty = is_untouched(folder).map_err(|error| unwritable(&path, &error))?;
        if !is_empty {
            let text = format!("{} is not empty, and nothing in it was touched", folder.display());
            let help = if path.is_file() {
                format!(
                    "a run was interrupted here: postferry migrate {} {} --resume",
                    source.display(),
                    folder.display()
                )
            } else {
                "name a new folder".to_owned()
            };
            return Err(Stop::Failed(Box::new(Message::new(&codes::TARGET_TAKEN, text).help(help))));
        }
        let begin = || -> io::Result<File> {
            fs::create_dir_all(folder.join(WORK))?;
            let mut file = OpenOptions::new().create(true).read(true).append(true).open(&path)?;
            let line = serde_json::to_string(&header)?;
            file.write_all(format!("{line}\n").as_bytes())?;
            Ok(file)
        };
        let file = begin().map_err(|error| unwritable(&path, &error))?;
        Ok(Some(Journal { folder: folder.to_owned(), file, finished: BTreeMap::new() }))
    }

    fn go_on(folder: &Path, path: &Path, header: &Header) -> Result<Self, Stop> {
        let go_on = || -> io::Result<(File, bool, BTreeMap<String, Entry>)> {
            for entry in fs::read_dir(folder.join(WORK))? {
                let path = entry?.path();
                if path.extension().is_some_and(|extension| extension == "part") {
                    fs::remove_file(path)?;
                }
            }
            let mut file = OpenOptions::new().read(true).append(true).open(path)?;
            let (mut whole, mut is_same, mut finished) = (0, true, BTreeMap::new());
            let mut lines = BufReader::new(&file);
            let mut line = Vec::new();
            while lines.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
                if whole == 0 {
                    is_same = serde_json::from_slice::<Header>(&line).is_ok_and(|old| old == *header);
                } else {
                    // A line that is not whole ends what can be relied on.
                    let Ok(entry) = serde_json::from_slice::<Entry>(&line) else { break };
                    finished.insert(entry.path.clone(), entry);
                }
                whole += line.len() as u64;
                line.clear();
            }
            drop(lines);
            file.set_len(whole)?;
            if whole == 0 {
                let line = serde_json::to_string(header)?;
                file.write_all(format!("{line}\n").as_bytes())?;
            }
            Ok((file, is_same, finished))
        };
        let (file, is_same, finished) = go_on().map_err(|error| unwritable(path, &error))?;
        if !is_same {
            let text = "the old site, or what is wanted of it, is not what it was when the run began".to_owned();
            let help = "begin anew in a new folder";
            return Err(Stop::Failed(Box::new(Message::new(&codes::TARGET_TAKEN, text).help(help))));
        }
        Ok(Journal { folder: folder.to_owned(), file, finished })
    }

    /// What an earlier run says of the file.
    pub(super) fn finished(&self, path: &str) -> Option<&Entry> {
        self.finished.get(path)
    }

    /// Notes that these files are finished.
    pub(super) fn add(&mut self, entries: &[Entry]) -> Result<(), Stop> {
        let mut lines = String::new();
        for entry in entries {
            if let Ok(line) = serde_json::to_string(entry) {
                lines.push_str(&line);
                lines.push('\n');
            }
        }
        self.file.write_all(lines.as_bytes()).map_err(|error| unwritable(&self.folder.join(WORK), &error))
    }

    /// Gives every entry to `each`, in the order in which they were written.
    pub(super) fn each(&mut self, mut each: impl FnMut(Entry) -> io::Result<()>) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        for line in BufReader::new(&self.file).lines().skip(1) {
            if let Ok(entry) = serde_json::from_str(&line?) {
                each(entry)?;
            }
        }
        Ok(())
    }

    /// The run is finished.
    pub(super) fn close(self) -> Result<(), Stop> {
        let work = self.folder.join(WORK);
        drop(self.file);
        fs::remove_dir_all(&work).map_err(|error| unwritable(&work, &error))
    }
}

/// Whether nothing is in the folder, or no more than a run leaves that ends before the first line of its journal.
fn is_untouched(folder: &Path) -> io::Result<bool> {
    let names = |folder: &Path| -> io::Result<Vec<OsString>> {
        match fs::read_dir(folder) {
            Ok(entries) => entries.map(|entry| Ok(entry?.file_name())).collect(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    };
    Ok(match names(folder)?.as_slice() {
        [] => true,
        [name] => name == WORK && names(&folder.join(WORK))?.is_empty(),
        _ => false,
    })
}

fn unwritable(path: &Path, error: &io::Error) -> Stop {
    let text = format!("{} cannot be written: {}", path.display(), output::describe(error));
    let help = "once that is mended, the same command with --resume goes on";
    Stop::Failed(Box::new(Message::new(&codes::WRITE_FAILED, text).help(help)))
}
