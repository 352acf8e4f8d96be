use std::sync::Arc; use postferry::*;
fn main(){ let a:Vec<String>=std::env::args().collect(); let t=std::fs::read_to_string(&a[4]).unwrap();
 let c=Converter::new(Arc::new(Registry::builtin()),Some(&a[1].parse().unwrap()),&a[2].parse().unwrap()).unwrap();
 match c.convert(Input::new(&t).path(Some(&a[3]))) { Ok(r)=>{ print!("{}",r.text); eprintln!("path {:?}",r.path); for d in r.report.diagnostics(){eprintln!("{:?} {} {}",d.severity,d.code.name,d.message);} } Err(e)=>eprintln!("ERR {e}") } }
