//! A new file under `policies/` or `baselines/` is embedded by the next build: `include_dir` alone would notice changed files only.

fn main() {
    println!("cargo::rerun-if-changed=policies");
    println!("cargo::rerun-if-changed=baselines");
}
