//! The few statistics that hold for incidents.
//!
//! Durations of incidents are skewed and few: their mean says nothing about any of them, and a trend of means
//! less (Štěpán Davidovič, *Incident Metrics in SRE*, 2021; the VOID Report, 2021). So there are medians, a
//! ninth decile where enough cases carry one, the range, and always the number of cases. Shares come with the
//! interval they are uncertain by.

/// Fewer cases than this have no trend, and no ninth decile.
pub(crate) const FEW: usize = 5;

/// A sample in a few numbers. The unit is that of the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Summary {
    /// How many cases there are; never 0.
    pub(crate) n: usize,
    pub(crate) least: i64,
    pub(crate) median: i64,
    /// `None` below [`FEW`] cases.
    pub(crate) p90: Option<i64>,
    pub(crate) most: i64,
}

impl Summary {
    /// `None` for an empty sample.
    pub(crate) fn of(mut sample: Vec<i64>) -> Option<Self> {
        sample.sort_unstable();
        let (least, most) = (*sample.first()?, *sample.last()?);
        Some(Self {
            n: sample.len(),
            least,
            median: quantile(&sample, 1, 2),
            p90: (sample.len() >= FEW).then(|| quantile(&sample, 9, 10)),
            most,
        })
    }
}

/// The quantile `numerator / denominator` of a sorted sample that is not empty, between neighbours where it
/// falls between two: definition 7 of Hyndman and Fan, *Sample Quantiles in Statistical Packages*, The American
/// Statistician 50 (1996).
fn quantile(sorted: &[i64], numerator: usize, denominator: usize) -> i64 {
    let scaled = (sorted.len() - 1) * numerator;
    let (below, rest) = (scaled / denominator, scaled % denominator);
    let (low, high) = (sorted[below], sorted[(below + 1).min(sorted.len() - 1)]);
    let parts = i64::try_from(denominator).unwrap_or(i64::MAX);
    low + (high - low) * i64::try_from(rest).unwrap_or(0) / parts
}

/// The 95 % interval of a share, of `count` in `n` (`n` above 0): Edwin B. Wilson, *Probable Inference, the Law
/// of Succession, and Statistical Inference*, JASA 22 (1927). It holds for few cases and for shares near 0 and 1.
#[expect(clippy::cast_precision_loss, reason = "counts of reports are far below 2^52")]
pub(crate) fn interval(count: usize, n: usize) -> (f64, f64) {
    const Z: f64 = 1.96;
    let (count, n) = (count as f64, n.max(1) as f64);
    let share = count / n;
    let centre = share + Z * Z / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    (((centre - spread) / scale).max(0.0), ((centre + spread) / scale).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::{Summary, interval};

    #[test]
    fn quantiles_are_those_of_the_paper() {
        // R: quantile(x, c(.5, .9), type = 7)
        for (sample, median, p90) in [
            (vec![7], 7, None),
            (vec![10, 20], 15, None),
            (vec![40, 10, 30, 20], 25, None),
            (vec![1, 2, 3, 4, 100], 3, Some(61)),
            ((1..=11).collect(), 6, Some(10)),
        ] {
            let n = sample.len();
            let summary = Summary::of(sample).map(|s| (s.n, s.median, s.p90));
            assert_eq!(summary, Some((n, median, p90)));
        }
        assert_eq!(Summary::of(Vec::new()), None);
    }

    #[test]
    fn intervals_are_those_of_the_paper() {
        for (count, n, low, high) in
            [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)]
        {
            let (from, to) = interval(count, n);
            assert!(
                (from - low).abs() < 1e-4 && (to - high).abs() < 1e-4,
                "{count}/{n}: {from} {to}"
            );
        }
    }
}
