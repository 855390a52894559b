//! Tests of forms.
