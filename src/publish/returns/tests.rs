//! Returns of workbooks made in the test.
