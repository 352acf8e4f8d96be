//! Writing text that Hugo would take for a shortcode: `{{</* … */>}}`, which shows `{{< … >}}`.

use super::scan::next_delimiter;
use crate::diag::Span;
use crate::format::Literal;

/// The delimiters in `text`, each with what it needs. One whose other end is not there before the next begins cannot be
/// written as itself.
pub(super) fn literals(text: &str) -> Vec<Literal> {
    let mut literals = Vec::new();
    let mut next = next_delimiter(text, 0);
    while let Some(open) = next {
        let inside = open + 3;
        let is_markup = text.as_bytes().get(open + 2) == Some(&b'%');
        let (mark, close) = if is_markup { ('%', "%}}") } else { ('<', ">}}") };
        next = next_delimiter(text, inside);
        let until = next.unwrap_or(text.len());
        let within = text.get(inside..until).unwrap_or_default();
        match within.split_once(close) {
            Some((within, _)) => {
                let span = Span::new(open, inside + within.len() + close.len());
                literals.push(Literal::new(span, Some(format!("{{{{{mark}/*{within}*/{close}"))));
            }
            None => literals.push(Literal::new(Span::new(open, inside), None)),
        }
    }
    literals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_with_both_ends_are_escaped() {
        let of = |text| literals(text).into_iter().map(|literal| literal.written).collect::<Vec<_>>();
        assert_eq!(of("a {{< b >}} c {{% d %}}"), [Some("{{</* b */>}}".to_owned()), Some("{{%/* d */%}}".to_owned())]);
        assert_eq!(of("{{</* b */>}}"), [Some("{{</*/* b */*/>}}".to_owned())]);
        assert_eq!(of("{{< {{% d %}} {{ e }}"), [None, Some("{{%/* d */%}}".to_owned())]);
        assert_eq!(literals(&"{{<".repeat(100_000)).len(), 100_000);
    }
}
