import Operation

/// The relay's figures as metrics. `docs/operating.md` tells what each means.
enum MetricsPage {
    private typealias Samples = [(labels: [(String, String)], value: Double)]

    static func text(_ figures: RelayFigures, checks: [ReadinessCheck], series: Int) -> String {
        var page = PrometheusText(series: series)
        mail(figures, &page)
        sessions(figures, &page)
        stages(figures, &page)
        machinery(figures, &page)
        page.metric(
            "lazaret_ready", .gauge, "1 where this part lets mail be taken.",
            checks.map { ([("part", $0.name)], $0.fault == nil ? 1 : 0) })
        page.metric(
            "lazaret_start_time_seconds", .gauge, "When the relay was started.",
            [
                ([], Double(figures.startedAt))
            ])
        page.metric(
            "lazaret_series_omitted", .gauge, "Lines of a metric that are left out here, since it has too many.",
            page.omitted.map { ([("metric", $0.name)], Double($0.count)) })
        return page.text
    }

    private static func mail(_ figures: RelayFigures, _ page: inout PrometheusText) {
        let messages = figures.messages.sorted {
            ($0.key.organisation, $0.key.direction, $0.key.disposition)
                < ($1.key.organisation, $1.key.direction, $1.key.disposition)
        }
        page.metric(
            "lazaret_recipients_total", .counter, "Recipients of messages, by what was decided for them.",
            messages.map { key, count in
                (
                    [
                        ("organisation", key.organisation), ("direction", key.direction),
                        ("disposition", key.disposition),
                    ], Double(count)
                )
            })
        let rules = figures.rules.filter { $0.key.count == 2 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        page.metric(
            "lazaret_rule_fired_total", .counter, "Messages on which a rule fired.",
            rules.map { ([("organisation", $0[0]), ("rule", $0[1])], Double($1)) })
        let held = figures.held.sorted {
            ($0.key.organisation, $0.key.name) < ($1.key.organisation, $1.key.name)
        }
        page.metric(
            "lazaret_held", .gauge, "Messages held in an area.",
            held.map { ([("organisation", $0.organisation), ("area", $0.name)], Double($1)) })
        let queues = figures.queues.sorted { $0.key < $1.key }
        page.metric(
            "lazaret_queue_length", .gauge, "Messages that wait in a queue.",
            queues.map { ([("queue", $0)], Double($1.length)) })
        page.metric(
            "lazaret_queue_oldest_seconds", .gauge, "Since when the oldest of a queue waits.",
            queues.map { ([("queue", $0)], Double($1.oldestSeconds ?? 0)) })
    }

    private static func sessions(_ figures: RelayFigures, _ page: inout PrometheusText) {
        page.metric(
            "lazaret_sessions", .gauge, "Sessions at this moment.",
            figures.sessions.sorted { $0.key < $1.key }.map { ([("listener", $0)], Double($1)) })
        page.metric(
            "lazaret_sessions_total", .counter, "Sessions since the start.",
            figures.acceptedSessions.sorted { $0.key < $1.key }.map { ([("listener", $0)], Double($1)) })
        page.metric(
            "lazaret_sessions_refused_total", .counter, "Sessions turned away because there were too many.",
            [([], Double(figures.refusedSessions))])
        page.metric(
            "lazaret_message_memory_bytes", .gauge, "Bytes of all messages in memory.",
            [([], Double(figures.memoryBytes))])
    }

    private static func stages(_ figures: RelayFigures, _ page: inout PrometheusText) {
        let stages = figures.stages.sorted { $0.key < $1.key }
        page.histogram(
            "lazaret_stage_seconds", "How long a stage of a message took.", bounds: DelayHistogram.bounds,
            stages.map { ([("stage", $0)], $1.counts, $1.sum) })
        var quantiles: Samples = []
        for (stage, histogram) in stages {
            for (share, name) in [(0.5, "0.5"), (0.99, "0.99")] {
                guard let seconds = histogram.quantile(share) else { continue }
                quantiles.append(([("stage", stage), ("quantile", name)], seconds))
            }
        }
        page.metric(
            "lazaret_stage_quantile_seconds", .gauge,
            "What half and 99 of 100 messages did not exceed, since the start.",
            quantiles)
    }

    private static func machinery(_ figures: RelayFigures, _ page: inout PrometheusText) {
        let workers = figures.workers.sorted { $0.key < $1.key }
        page.metric(
            "lazaret_workers", .gauge, "Processes that read mail.",
            workers.flatMap { name, workers in
                [
                    ([("organisation", name), ("state", "busy")], Double(workers.busy)),
                    ([("organisation", name), ("state", "idle")], Double(max(workers.size - workers.busy, 0))),
                ]
            })
        page.metric(
            "lazaret_workers_replaced_total", .counter, "Processes that died or were late.",
            workers.map { ([("organisation", $0)], Double($1.replaced)) })
        page.metric(
            "lazaret_program_info", .gauge, "The program in force.",
            workers.map { ([("organisation", $0), ("digest", $1.program)], 1) })
        let engines = figures.engines.sorted { $0.key < $1.key }
        page.metric(
            "lazaret_engine_up", .gauge, "1 where an engine answers.",
            engines.map { ([("engine", $0)], $1.isUp ? 1 : 0) })
        page.metric(
            "lazaret_engine_signature_age_seconds", .gauge, "Since when an engine's signatures are what they are.",
            engines.compactMap { name, engine in
                engine.signatureSeconds.map { ([("engine", name)], Double($0)) }
            })
        page.metric(
            "lazaret_alarms_total", .counter, "Events that somebody should look at.",
            figures.alarms.sorted { $0.key < $1.key }.map { ([("event", $0)], Double($1)) })
    }
}
