import ArgumentParser

/// What a host of repositories is to do with each change of a policy: the file that `lazaret init --ci` writes.
///
/// The same five jobs everywhere: form, check with a report for code-scanning pages, tests with JUnit and coverage, the
/// comparison with the branch that a change goes to, the bundle. Where a command gives both a report and a verdict it
/// is run twice, so that the report is there when the verdict is bad.
enum Pipeline: String, CaseIterable, ExpressibleByArgument {
    case gitlab, github, none

    /// The path of the file and its text.
    var file: (path: String, text: String)? {
        switch self {
        case .gitlab: (".gitlab-ci.yml", Self.forGitLab)
        case .github: (".github/workflows/policy.yml", Self.forGitHub)
        case .none: nil
        }
    }

    private static let forGitLab = """
        # Every merge request is checked, tested and compared with the branch it goes to; the bundle is kept.
        #
        # Variables of the project (Settings, CI/CD):
        #   LAZARET_IMAGE   an image with lazaret, git and curl
        #   LAZARET_TOKEN   a project access token of the scope `api`, masked; with it the comparison becomes a note

        stages: [check, test, build]

        workflow:
          rules:
            - if: $CI_PIPELINE_SOURCE == "merge_request_event"
            - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
            - if: $CI_COMMIT_TAG

        default:
          image: $LAZARET_IMAGE
          interruptible: true

        format:
          stage: check
          script:
            - lazaret fmt --check .

        check:
          stage: check
          script:
            - lazaret check --format sarif . > lazaret.sarif || true
            - lazaret check .
          artifacts:
            when: always
            paths: [lazaret.sarif]
            expire_in: 30 days

        test:
          stage: test
          script:
            - lazaret test . --format junit -o junit.xml --coverage coverage.html --coverage-format html || true
            # Raise the least share of seen values as the tests grow.
            - lazaret test . --coverage - --coverage-minimum 60
          coverage: '/^coverage (\\d+(?:\\.\\d+)?) %/'
          artifacts:
            when: always
            paths: [coverage.html]
            reports:
              junit: junit.xml
            expire_in: 30 days

        # Orange where mail may be treated less gravely than before: somebody is to read the note and mean it.
        compare:
          stage: test
          rules:
            - if: $CI_PIPELINE_SOURCE == "merge_request_event"
          variables:
            GIT_DEPTH: "0"
          script:
            - before=$(mktemp -d)
            - git worktree add --force --detach "$before" "$CI_MERGE_REQUEST_DIFF_BASE_SHA"
            - verdict=0
            - lazaret diff "$before" . --format markdown --save witnesses > diff.md || verdict=$?
            - git worktree remove --force "$before"
            - cat diff.md
            - |
              if [ -s diff.md ] && [ -n "${LAZARET_TOKEN:-}" ]; then
                curl --fail --silent --show-error --output /dev/null --header "PRIVATE-TOKEN: $LAZARET_TOKEN" \\
                  --data-urlencode "body@diff.md" \\
                  "$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"
              fi
            - exit "$verdict"
          allow_failure:
            exit_codes: [1]
          artifacts:
            when: always
            paths: [diff.md, witnesses/]
            expire_in: 30 days

        bundle:
          stage: build
          script:
            - lazaret compile . -o policy.lzb
          artifacts:
            paths: [policy.lzb]

        """

    private static let forGitHub = """
        # Every pull request is checked, tested and compared with the branch it goes to; the bundle is kept.
        #
        # LAZARET_IMAGE, a variable of the repository (Settings, Secrets and variables, Actions), names an image with
        # lazaret, git and gh.

        name: policy

        on:
          pull_request:
          push:
            branches: [main]
            tags: ['*']

        permissions:
          contents: read

        concurrency:
          group: policy-${{ github.ref }}
          cancel-in-progress: true

        defaults:
          run:
            shell: bash

        jobs:
          check:
            runs-on: ubuntu-latest
            container: ${{ vars.LAZARET_IMAGE }}
            permissions:
              contents: read
              security-events: write
            steps:
              - uses: actions/checkout@v4
              - run: lazaret fmt --check .
              - run: lazaret check --format sarif . > lazaret.sarif || true
              - run: lazaret check .
              # Where there is code scanning; else the file is kept as it is.
              - uses: github/codeql-action/upload-sarif@v3
                if: always() && hashFiles('lazaret.sarif') != ''
                continue-on-error: true
                with:
                  sarif_file: lazaret.sarif
              - uses: actions/upload-artifact@v4
                if: always()
                with:
                  name: check
                  path: lazaret.sarif

          test:
            runs-on: ubuntu-latest
            container: ${{ vars.LAZARET_IMAGE }}
            steps:
              - uses: actions/checkout@v4
              - run: lazaret test . --format junit -o junit.xml --coverage coverage.html --coverage-format html || true
              # Raise the least share of seen values as the tests grow.
              - run: lazaret test . --coverage - --coverage-minimum 60
              - uses: actions/upload-artifact@v4
                if: always()
                with:
                  name: test
                  path: |
                    junit.xml
                    coverage.html

          # Fails where mail may be treated less gravely than before: somebody is to read the comment and mean it. Do not
          # make it a required check.
          compare:
            if: github.event_name == 'pull_request'
            runs-on: ubuntu-latest
            container: ${{ vars.LAZARET_IMAGE }}
            permissions:
              contents: read
              pull-requests: write
            env:
              BASE: ${{ github.event.pull_request.base.sha }}
              NUMBER: ${{ github.event.pull_request.number }}
              GH_TOKEN: ${{ github.token }}
            steps:
              - uses: actions/checkout@v4
                with:
                  fetch-depth: 0
              - run: |
                  git config --global --add safe.directory "$GITHUB_WORKSPACE"
                  before=$(mktemp -d)
                  git worktree add --force --detach "$before" "$BASE"
                  verdict=0
                  lazaret diff "$before" . --format markdown --save witnesses > diff.md || verdict=$?
                  git worktree remove --force "$before"
                  cat diff.md >> "$GITHUB_STEP_SUMMARY"
                  # The token of a fork's pull request may not write; the summary of the run is there in any event.
                  gh pr comment "$NUMBER" --repo "$GITHUB_REPOSITORY" --body-file diff.md || true
                  exit "$verdict"
              - uses: actions/upload-artifact@v4
                if: always()
                with:
                  name: compare
                  path: |
                    diff.md
                    witnesses/

          bundle:
            needs: [check, test]
            runs-on: ubuntu-latest
            container: ${{ vars.LAZARET_IMAGE }}
            steps:
              - uses: actions/checkout@v4
              - run: lazaret compile . -o policy.lzb
              - uses: actions/upload-artifact@v4
                with:
                  name: policy
                  path: policy.lzb

        """
}
