//! The files of `ci/`, for a repository of one's own.

use super::{Ci, Planned};

/// The options that name what `init` writes beside.
const OPTIONS: [&str; 2] = ["--baseline=dbkeel/baseline.yaml", "--waivers=dbkeel/waivers.yaml"];

/// The files of a pipeline that judges this root module.
pub(super) fn of(ci: Ci, root: Option<&str>) -> Vec<Planned> {
    let made = |path, text, about| Planned::new(path, adapted(text, root), about);
    let script = || Planned {
        is_script: true,
        ..Planned::new(
            "ci/plan-and-scan.sh",
            include_str!("../../../ci/plan-and-scan.sh"),
            "plans, judges, and leaves no plan behind",
        )
    };
    match ci {
        Ci::Github => vec![made(
            ".github/workflows/dbkeel.yml",
            include_str!("../../../ci/github/workflow.yml"),
            "the gate of pull requests",
        )],
        Ci::Gitlab => vec![
            made(
                "ci/dbkeel.gitlab-ci.yml",
                include_str!("../../../ci/gitlab/dbkeel.gitlab-ci.yml"),
                "the gate of merge requests; include it in .gitlab-ci.yml",
            ),
            script(),
        ],
        Ci::Jenkins => vec![
            made("ci/Jenkinsfile.dbkeel", include_str!("../../../ci/jenkins/Jenkinsfile"), "a pipeline of its own"),
            script(),
        ],
        Ci::Azure => vec![
            made(
                "ci/dbkeel-azure-pipelines.yml",
                include_str!("../../../ci/azure-pipelines.yml"),
                "a pipeline of its own",
            ),
            script(),
        ],
        Ci::None => Vec::new(),
    }
}

/// A template with a root module and the repository's own baseline and waivers.
fn adapted(template: &str, root: Option<&str>) -> String {
    let [baseline, waivers] = OPTIONS;
    let text = template
        .replace(
            "            --source=${{ env.ROOT }}\n",
            &format!("            --source=${{{{ env.ROOT }}}}\n            {baseline}\n            {waivers}\n"),
        )
        .replace(
            "          category: configuration/${{ env.ROOT }}\n",
            &format!("          category: configuration/${{{{ env.ROOT }}}}\n          arguments: |\n            {baseline}\n            {waivers}\n"),
        )
        .replace("dbkeel scan \"$ROOT\"", &format!("dbkeel scan \"$ROOT\" {baseline} {waivers}"))
        .replace("ci/plan-and-scan.sh \"$ROOT\"", &format!("ci/plan-and-scan.sh \"$ROOT\" {baseline} {waivers}"));
    match root.filter(|root| is_plain(root)) {
        None => text,
        Some(root) => {
            let top = root.split('/').next().filter(|top| *top != ".");
            let (below, deep) =
                top.map_or(("**".into(), "**/*".into()), |top| (format!("{top}/**"), format!("{top}/**/*")));
            text.replace("infra/prod", root)
                .replace("infra/**/*", &deep)
                .replace("infra/**", &below)
                .replace("include: [infra]", &format!("include: [{}]", top.unwrap_or("\"*\"")))
        }
    }
}

/// Whether a path means only itself in YAML, in Groovy and in a shell.
fn is_plain(root: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    !root.starts_with('-') && root.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Ci; 4] = [Ci::Github, Ci::Gitlab, Ci::Jenkins, Ci::Azure];

    #[test]
    fn every_pipeline_judges_by_the_files_beside_it() {
        for ci in ALL {
            let files = of(ci, Some("stacks/live"));
            let text = &files[0].text;
            let count = |what: &str| text.matches(what).count();
            // GitHub and Jenkins judge a fork by its configuration, without a plan.
            let scans = if matches!(ci, Ci::Github | Ci::Jenkins) { 2 } else { 1 };
            assert_eq!((count(OPTIONS[0]), count(OPTIONS[1])), (scans, scans), "{ci:?}: {text}");
            assert!(text.contains("stacks/live") && !text.contains("infra/"), "{ci:?}: {text}");
        }
    }

    #[test]
    fn a_path_that_could_mean_something_else_is_left_to_its_owner() {
        for root in ["a b", "$(id)", "x\"y", "-rf", "é", "a\nb"] {
            let files = of(Ci::Github, Some(root));
            assert!(files[0].text.contains("infra/prod") && !files[0].text.contains(root), "{root:?}");
        }
    }
}
