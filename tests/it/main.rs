//! The one integration-test binary: each binary would link polars again.

mod architecture;
