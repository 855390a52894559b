//! Who is believed where two sides report one project.

use serde::Deserialize;

/// Whose value stands, field by field, where a town and a department report one project.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastWord {
    /// Whose, for every field not named below.
    pub otherwise: Side,
    /// Fields for which the town is believed first.
    #[serde(default)]
    pub town: Vec<String>,
    /// Fields for which the department is believed first.
    #[serde(default)]
    pub department: Vec<String>,
}

impl LastWord {
    /// Who is believed first for a field.
    pub fn side(&self, field: &str) -> Side {
        let names = |fields: &[String]| fields.iter().any(|name| name == field);
        match () {
            () if names(&self.town) => Side::Town,
            () if names(&self.department) => Side::Department,
            () => self.otherwise,
        }
    }
}

impl Default for LastWord {
    fn default() -> Self {
        Self { otherwise: Side::Department, town: Vec::new(), department: Vec::new() }
    }
}

/// One of the two sides that report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// 乡镇、街道
    Town,
    /// 部门、园区、县属企业
    Department,
}

impl Side {
    /// The word in the profile and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Town => "town",
            Self::Department => "department",
        }
    }
}
