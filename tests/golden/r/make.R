# Records what R says of fixed, invented inputs, for tests/geo/stats/r.test.ts. Run by `npm run golden:r` (tests/golden/r/make.ts), which
# writes the inputs to a folder and reads the answers back. Needs Debian's r-cran-spdep and r-cran-survival.
# Every number goes out with 17 digits, so that the recorded value is R's own double.
suppressPackageStartupMessages({ library(spdep); library(survival) })
folder <- commandArgs(trailingOnly = TRUE)[1]
num <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
row <- function(x) paste0("[", paste(num(x), collapse = ","), "]")
out <- function(name, lines) writeLines(lines, file.path(folder, paste0(name, ".out")))
read <- function(name) readLines(file.path(folder, paste0(name, ".in")))

# Gi*: cells in the order given, neighbours by position (from 1), itself taken in by include.self; zero.policy for lone cells.
lines <- read("gi_star")
counts <- lapply(strsplit(lines[startsWith(lines, "x ")], " "), function(l) as.numeric(l[-1]))
nb <- lapply(strsplit(lines[startsWith(lines, "nb")], " "), function(l) if (length(l) == 1) 0L else as.integer(l[-1]))
class(nb) <- "nb"
attr(nb, "region.id") <- as.character(seq_along(nb))
weights <- nb2listw(include.self(nb), style = "B", zero.policy = TRUE)
out("gi_star", sapply(counts, function(x) row(as.numeric(localG(x, weights, zero.policy = TRUE)))))

# Mann-Kendall: Kendall's tau against time with correction for ties and continuity.
out("mann_kendall", sapply(strsplit(read("mann_kendall"), " "), function(l) {
  x <- as.numeric(l)
  k <- suppressWarnings(cor.test(seq_along(x), x, method = "kendall", exact = FALSE, continuity = TRUE))
  row(c(k$estimate, k$statistic, k$p.value))
}))

# Wilson: the score interval without continuity correction.
out("wilson", sapply(strsplit(read("wilson"), " "), function(l) {
  kn <- as.numeric(l)
  row(suppressWarnings(prop.test(kn[1], kn[2], correct = FALSE))$conf.int)
}))

# Kaplan-Meier: median and Brookmeyer-Crowley's interval on the log scale (survfit's default); durations, then 0/1 for ended.
lines <- read("kaplan_meier")
out("kaplan_meier", sapply(seq(1, length(lines), 2), function(i) {
  time <- as.numeric(strsplit(lines[i], " ")[[1]])
  ended <- as.integer(strsplit(lines[i + 1], " ")[[1]])
  fit <- survfit(Surv(time, ended) ~ 1, conf.type = "log")
  row(quantile(fit, 0.5)[c("quantile", "lower", "upper")] |> unlist())
}))

out("versions", paste(R.version.string, "spdep", packageVersion("spdep"), "survival", packageVersion("survival")))
