//! The SQL of a rule as a tree, as far as a form can follow it.
//!
//! Takes the text of an expression that the profile was loaded with, gives an [`Expr`]; `None` for what the
//! form does not follow, so that the rule is left to the office's own check.

/// An expression over a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    /// A number as written.
    Number(String),
    /// A text without its quotes.
    Text(String),
    /// TRUE or FALSE.
    Truth(bool),
    /// A column.
    Column(String),
    /// `NOT a`
    Not(Box<Expr>),
    /// `a AND b`
    And(Box<Expr>, Box<Expr>),
    /// `a OR b`
    Or(Box<Expr>, Box<Expr>),
    /// `a < b`: the sign as a spreadsheet writes it.
    Compared(&'static str, Box<Expr>, Box<Expr>),
    /// `a IS NULL`
    IsNull(Box<Expr>),
    /// `a LIKE '%words%'`: the words.
    Holds(Box<Expr>, String),
    /// `a IN (b, c)`
    In(Box<Expr>, Vec<Expr>),
    /// `a + b`: the sign.
    Reckoned(char, Box<Expr>, Box<Expr>),
    /// A function by its name in capitals.
    Call(String, Vec<Expr>),
    /// `CASE WHEN a THEN b … ELSE c END`
    Case(Vec<(Expr, Expr)>, Option<Box<Expr>>),
}

/// The tree of an expression.
pub(super) fn parsed(sql: &str) -> Option<Expr> {
    let mut parser = Parser { tokens: tokens(sql)?, at: 0 };
    let expr = parser.any()?;
    (parser.at == parser.tokens.len()).then_some(expr)
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Number(String),
    Text(String),
    Sign(&'static str),
}

/// Signs, the longer ones first.
const SIGNS: [&str; 13] = ["<>", "!=", "<=", ">=", "<", ">", "=", "(", ")", ",", "+", "*", "/"];

fn tokens(sql: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = if first == '\'' {
            let (text, length) = quoted(&rest[1..])?;
            (Token::Text(text), length + 1)
        } else if first.is_ascii_digit() {
            let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            (Token::Number(rest[..length].to_owned()), length)
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            (Token::Word(rest[..length].to_owned()), length)
        } else if first == '-' {
            (Token::Sign("-"), 1)
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign))?;
            (Token::Sign(sign), sign.len())
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Some(tokens)
}

/// The text up to its closing quote, and how long it is with that; two quotes stand for one.
fn quoted(rest: &str) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\'' if chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                chars.next();
                text.push('\'');
            }
            '\'' => return Some((text, at + 1)),
            other => text.push(other),
        }
    }
    None
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn any(&mut self) -> Option<Expr> {
        let mut left = self.all()?;
        while self.took("OR") {
            left = Expr::Or(left.into(), self.all()?.into());
        }
        Some(left)
    }

    fn all(&mut self) -> Option<Expr> {
        let mut left = self.not()?;
        while self.took("AND") {
            left = Expr::And(left.into(), self.not()?.into());
        }
        Some(left)
    }

    fn not(&mut self) -> Option<Expr> {
        if self.took("NOT") { Some(Expr::Not(self.not()?.into())) } else { self.compared() }
    }

    fn compared(&mut self) -> Option<Expr> {
        let left = self.sum()?;
        if self.took("IS") {
            let not = self.took("NOT");
            let is = self.took("NULL").then(|| Expr::IsNull(left.into()))?;
            return Some(negated(is, not));
        }
        let not = self.took("NOT");
        if self.took("LIKE") {
            return Some(negated(Expr::Holds(left.into(), words(self.text()?)?), not));
        }
        if self.took("IN") {
            return Some(negated(Expr::In(left.into(), self.list()?), not));
        }
        if not {
            return None;
        }
        for (sql, sign) in [("<>", "<>"), ("!=", "<>"), ("<=", "<="), (">=", ">="), ("<", "<"), (">", ">"), ("=", "=")]
        {
            if self.took_sign(sql) {
                return Some(Expr::Compared(sign, left.into(), self.sum()?.into()));
            }
        }
        Some(left)
    }

    fn sum(&mut self) -> Option<Expr> {
        let mut left = self.product()?;
        loop {
            let sign = match () {
                () if self.took_sign("+") => '+',
                () if self.took_sign("-") => '-',
                () => return Some(left),
            };
            left = Expr::Reckoned(sign, left.into(), self.product()?.into());
        }
    }

    fn product(&mut self) -> Option<Expr> {
        let mut left = self.one()?;
        loop {
            let sign = match () {
                () if self.took_sign("*") => '*',
                () if self.took_sign("/") => '/',
                () => return Some(left),
            };
            left = Expr::Reckoned(sign, left.into(), self.one()?.into());
        }
    }

    fn one(&mut self) -> Option<Expr> {
        if self.took_sign("-") {
            return Some(Expr::Reckoned('-', Expr::Number("0".into()).into(), self.one()?.into()));
        }
        if self.took_sign("(") {
            let inner = self.any()?;
            return self.took_sign(")").then_some(inner);
        }
        if self.took("CASE") {
            return self.case();
        }
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        match token {
            Token::Number(number) => Some(Expr::Number(number)),
            Token::Text(text) => Some(Expr::Text(text)),
            Token::Word(word) if word.eq_ignore_ascii_case("TRUE") => Some(Expr::Truth(true)),
            Token::Word(word) if word.eq_ignore_ascii_case("FALSE") => Some(Expr::Truth(false)),
            Token::Word(word) if self.tokens.get(self.at) == Some(&Token::Sign("(")) => {
                Some(Expr::Call(word.to_uppercase(), self.list()?))
            }
            Token::Word(word) => Some(Expr::Column(word)),
            Token::Sign(_) => None,
        }
    }

    fn case(&mut self) -> Option<Expr> {
        let mut cases = Vec::new();
        while self.took("WHEN") {
            let when = self.any()?;
            cases.push((when, self.took("THEN").then(|| self.any())??));
        }
        let otherwise = if self.took("ELSE") { Some(self.any()?.into()) } else { None };
        (self.took("END") && !cases.is_empty()).then_some(Expr::Case(cases, otherwise))
    }

    /// Expressions between brackets.
    fn list(&mut self) -> Option<Vec<Expr>> {
        let mut list = Vec::new();
        if !self.took_sign("(") {
            return None;
        }
        loop {
            list.push(self.any()?);
            match () {
                () if self.took_sign(",") => {}
                () if self.took_sign(")") => return Some(list),
                () => return None,
            }
        }
    }

    fn text(&mut self) -> Option<&str> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        if let Token::Text(text) = token { Some(text) } else { None }
    }

    fn took(&mut self, word: &str) -> bool {
        let is = matches!(self.tokens.get(self.at), Some(Token::Word(found)) if found.eq_ignore_ascii_case(word));
        self.at += usize::from(is);
        is
    }

    fn took_sign(&mut self, sign: &str) -> bool {
        let is = matches!(self.tokens.get(self.at), Some(Token::Sign(found)) if *found == sign);
        self.at += usize::from(is);
        is
    }
}

fn negated(expr: Expr, not: bool) -> Expr {
    if not { Expr::Not(expr.into()) } else { expr }
}

/// The words of a pattern that only asks whether they occur.
fn words(pattern: &str) -> Option<String> {
    let words = pattern.strip_prefix('%')?.strip_suffix('%')?;
    (!words.is_empty() && !words.contains(['%', '_'])).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str) -> Box<Expr> {
        Expr::Column(name.into()).into()
    }

    #[test]
    fn and_binds_closer_than_or_and_products_than_sums() {
        let expr = parsed("plan <= 0 OR done <= plan AND NOT late").unwrap();
        let Expr::Or(left, right) = expr else { panic!("{expr:?}") };
        assert_eq!(*left, Expr::Compared("<=", column("plan"), Box::new(Expr::Number("0".into()))));
        assert!(matches!(*right, Expr::And(_, not) if matches!(*not, Expr::Not(_))));
        let expr = parsed("a + b * 2 = -c").unwrap();
        let Expr::Compared("=", sum, _) = expr else { panic!("{expr:?}") };
        assert!(matches!(*sum, Expr::Reckoned('+', _, product) if matches!(*product, Expr::Reckoned('*', ..))));
    }

    #[test]
    fn words_lists_and_cases_are_followed() {
        let no = |expr| Expr::Not(Box::new(expr));
        assert_eq!(parsed("a IS NOT NULL"), Some(no(Expr::IsNull(column("a")))));
        assert_eq!(parsed("a NOT LIKE '%停工%'"), Some(no(Expr::Holds(column("a"), "停工".into()))));
        assert_eq!(
            parsed("a in ('无', '暂''无')"),
            Some(Expr::In(column("a"), vec![Expr::Text("无".into()), Expr::Text("暂'无".into())]))
        );
        assert!(matches!(parsed("CASE WHEN a > 0 THEN b END"), Some(Expr::Case(cases, None)) if cases.len() == 1));
        assert!(
            matches!(parsed("COALESCE(a, 0)"), Some(Expr::Call(name, args)) if name == "COALESCE" && args.len() == 2)
        );
    }

    #[test]
    fn what_is_not_followed_is_left() {
        for sql in
            ["a LIKE '停工%'", "a BETWEEN 1 AND 2", "a = 'open", "a ||", "", "a b", "(a", "f(a", "a NOT b", "a % 2"]
        {
            assert_eq!(parsed(sql), None, "{sql}");
        }
    }
}
