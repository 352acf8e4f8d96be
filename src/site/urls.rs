//! `postferry-urls.csv`: every old address, where it leads now, and how.

use super::plan::{Fate, Plan};

/// The table, sorted by the old address.
pub(super) fn table(plan: &Plan, with_layouts: bool) -> String {
    let mut rows: Vec<(&str, String, &str)> = Vec::new();
    let made = if plan.route.to == "Hugo" { "made by hugo" } else { "made by jekyll" };
    for item in &plan.items {
        let Some(address) = item.address.as_deref().filter(|_| !item.is_draft && !item.is_future) else { continue };
        let how = match item.fate {
            Fate::Post | Fate::Page | Fate::Document => "url",
            Fate::Static | Fate::Text => "copied",
            Fate::NotContent if (plan.route.is_made)(address, plan) => made,
            Fate::NotContent => "not content",
            Fate::Failed => "failed",
            Fate::Data | Fate::Include | Fate::Layout => continue,
        };
        let new = if matches!(how, "url" | "copied") || how == made { address } else { "" };
        rows.push((address, new.to_owned(), how));
    }
    for (alias, index) in &plan.aliases {
        let leads_to = plan.items.get(*index).and_then(|item| item.address.as_deref()).unwrap_or_default();
        rows.push((alias, leads_to.to_owned(), "alias"));
    }
    if let Some(alias) = &plan.hugo.home_alias {
        rows.push((alias, "/".to_owned(), "alias"));
    }
    for list in plan.hugo.lists() {
        let is_made = with_layouts && list.is_made;
        rows.push((&list.address, String::new(), if is_made { made } else { "not content" }));
        if let Some(row) = rows.last_mut().filter(|_| is_made) {
            row.1.clone_from(&list.address.to_string());
        }
    }
    rows.sort_unstable();
    let mut out = String::from("old,new,how\n");
    for (old, new, how) in rows {
        out.push_str(&format!("{},{},{how}\n", field(old), field(&new)));
    }
    out
}

fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
