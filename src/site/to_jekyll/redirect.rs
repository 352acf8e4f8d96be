//! Pages that lead on from an old address, as Hugo writes them: no plugin is needed.

use crate::site::links::encoded;
use crate::site::plan::Plan;
use crate::site::route::Files;

pub(super) fn pages(plan: &Plan) -> Files {
    let aliases =
        plan.aliases.iter().filter_map(|(alias, index)| Some((alias, plan.items.get(*index)?.address.as_deref()?)));
    let pages = aliases.chain(plan.hugo.home_alias.as_ref().map(|alias| (alias, "/"))).map(|(alias, address)| {
        let config = &plan.hugo.config;
        let to = format!("{}{}{}", config.host, config.base, encoded(address));
        let to = to.replace('&', "&amp;").replace('"', "&quot;");
        let index = if alias.ends_with('/') { "index.html" } else { "" };
        let path = format!("{}{index}", alias.trim_start_matches('/'));
        let page = format!(
            "<!DOCTYPE html>\n<html>\n<head>\n<title>{to}</title>\n<link rel=\"canonical\" href=\"{to}\">\n\
             <meta charset=\"utf-8\">\n<meta http-equiv=\"refresh\" content=\"0; url={to}\">\n</head>\n</html>\n"
        );
        (path, page)
    });
    pages.collect()
}
