//! The statement of a query: that it only asks, which tables it asks, and in which order its rows come.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, Expr, Join, JoinConstraint, JoinOperator, ObjectName, OrderBy, OrderByExpr, OrderByKind,
    OrderByOptions, Query, Select, SelectItem, SetExpr, TableAlias, TableFactor, Value, Visit, Visitor,
};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

use super::QueryError;

/// A question that has been understood.
pub(super) struct Statement {
    /// As it was written.
    pub(super) text: String,
    query: Box<Query>,
    named: Named,
}

/// What a query names.
#[derive(Default)]
struct Named {
    /// Tables it asks.
    relations: BTreeSet<String>,
    /// Tables that it makes itself (`WITH x AS …`).
    own: BTreeSet<String>,
    /// Columns it asks.
    columns: Vec<String>,
    /// Names that it gives to columns and tables.
    aliases: BTreeSet<String>,
    unsound_join: bool,
}

impl Statement {
    /// Understands a question.
    pub(super) fn parse(text: &str) -> Result<Self, QueryError> {
        let text = text.trim().trim_end_matches([';', '；']).to_owned();
        let parsed =
            Parser::parse_sql(&GenericDialect {}, &text).map_err(|error| QueryError::Syntax(error.to_string()))?;
        let mut statements = parsed.into_iter();
        let query = match (statements.next(), statements.next()) {
            (Some(sqlparser::ast::Statement::Query(query)), None) => query,
            _ => return Err(QueryError::NotAQuestion),
        };
        let mut named = Named::default();
        // The visitor never breaks off.
        let _ = query.visit(&mut named);
        match named.unsound_join {
            true => Err(QueryError::OuterJoin),
            false => Ok(Self { text, query, named }),
        }
    }

    /// The tables that it asks of the ledger, sorted.
    pub(super) fn tables(&self) -> Vec<String> {
        self.named.relations.difference(&self.named.own).cloned().collect()
    }

    /// Whether it says in which order its rows come.
    pub(super) fn is_ordered(&self) -> bool {
        self.query.order_by.is_some()
    }

    /// The same with all of its `width` columns behind the order it asks for; `None` where that cannot be said.
    pub(super) fn in_order(&self, width: usize) -> Option<String> {
        if !matches!(*self.query.body, SetExpr::Select(_)) || width == 0 {
            return None;
        }
        let mut query = self.query.clone();
        let column = |at: usize| OrderByExpr {
            expr: Expr::Value(Value::Number(at.to_string(), false).into()),
            options: OrderByOptions { asc: None, nulls_first: None },
            with_fill: None,
        };
        let asked = match query.order_by.take() {
            Some(OrderBy { kind: OrderByKind::Expressions(asked), .. }) => asked,
            Some(_) => return None,
            None => Vec::new(),
        };
        let all = asked.into_iter().chain((1..=width).map(column)).collect();
        query.order_by = Some(OrderBy { kind: OrderByKind::Expressions(all), interpolate: None });
        Some(query.to_string())
    }

    /// What is wrong with it, where the engine refused it: first of all a column that there is not.
    pub(super) fn diagnosed(&self, error: &str, columns: &[String]) -> QueryError {
        let known = |name: &String| columns.contains(name) || self.named.aliases.contains(name);
        let unknown = self.named.columns.iter().find(|name| !known(name));
        let told = unknown.and_then(|name| QueryError::no_column(name, columns));
        told.unwrap_or_else(|| QueryError::Engine(error.lines().next().unwrap_or_default().to_owned()))
    }
}

impl Named {
    fn alias(&mut self, alias: Option<&TableAlias>) {
        let Some(alias) = alias else { return };
        self.aliases.insert(alias.name.value.clone());
        self.aliases.extend(alias.columns.iter().map(|column| column.name.value.clone()));
    }
}

impl Visitor for Named {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.own.insert(cte.alias.name.value.clone());
            self.alias(Some(&cte.alias));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        for item in &select.projection {
            if let SelectItem::ExprWithAlias { alias, .. } = item {
                self.aliases.insert(alias.value.clone());
            }
        }
        let joins = select.from.iter().flat_map(|from| &from.joins);
        self.unsound_join |= joins.into_iter().any(is_unsound);
        ControlFlow::Continue(())
    }

    fn pre_visit_relation(&mut self, relation: &ObjectName) -> ControlFlow<()> {
        let name = relation.0.last().and_then(|part| part.as_ident()).map(|ident| ident.value.clone());
        self.relations.insert(name.unwrap_or_else(|| relation.to_string()));
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        match factor {
            TableFactor::Table { alias, .. } | TableFactor::Derived { alias, .. } => self.alias(alias.as_ref()),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Identifier(name) => self.columns.push(name.value.clone()),
            Expr::CompoundIdentifier(names) => self.columns.extend(names.last().map(|name| name.value.clone())),
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

/// Outer joins on anything but equal columns lose the rows that they are there to keep
/// (pola-rs/polars#28875: in the version we use they behave as inner joins).
fn is_unsound(join: &Join) -> bool {
    use JoinOperator::{FullOuter, Left, LeftOuter, Right, RightOuter};
    match &join.join_operator {
        Left(JoinConstraint::On(on))
        | LeftOuter(JoinConstraint::On(on))
        | Right(JoinConstraint::On(on))
        | RightOuter(JoinConstraint::On(on))
        | FullOuter(JoinConstraint::On(on)) => !equates_columns(on),
        _ => false,
    }
}

fn equates_columns(on: &Expr) -> bool {
    let is_column = |expr: &Expr| matches!(expr, Expr::Identifier(_) | Expr::CompoundIdentifier(_));
    match on {
        Expr::Nested(inner) => equates_columns(inner),
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => equates_columns(left) && equates_columns(right),
        Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => is_column(left) && is_column(right),
        _ => false,
    }
}
