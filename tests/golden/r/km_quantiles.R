# Kaplan-Meier percentiles of the curves of kaplan_meier.json, by survfit. Rscript km_quantiles.R, in this folder; needs survival and jsonlite or none:
# Kaplan-Meier percentiles by survfit of the curves of kaplan_meier.json: two lines each on standard input (durations, 0/1 for ended), rows of JSON out.
lines <- readLines(file("stdin"))
for (i in seq(1, length(lines), 2)) {
  time <- as.numeric(strsplit(lines[i], " ")[[1]])
  ended <- as.integer(strsplit(lines[i + 1], " ")[[1]])
  q <- quantile(survfit(Surv(time, ended) ~ 1), c(0.75, 0.9, 0.95), conf.int = FALSE)
  cat("[", paste(ifelse(is.na(q), "null", format(q, digits = 15, trim = TRUE)), collapse = ","), "]\n", sep = "")
}
