package nl.doorbraak.overview.web;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.AccessiblePdf;
import nl.doorbraak.support.AccessiblePdf.Picture;
import nl.doorbraak.support.DutchTime;

/**
 * The pictures of a case as a PDF holds them, where no browser draws: the same as on its
 * page.
 */
final class EvidencePictures {

	static final Color INK = new Color(0x1f2933);

	static final Color LINE = new Color(0xb8c4ce);

	static final Color WALKED = new Color(0x0b5394);

	static final Color WALKED_FILL = new Color(0xd9e8f6);

	static final Color HERE = new Color(0xb45309);

	static final Color HERE_FILL = new Color(0xfde8cf);

	private static final Color LEVEL = new Color(0x7fa8cf);

	private static final Color LEAD = new Color(0x2e7d4f);

	private static final Color PROVISIONAL = new Color(0xa9d5b8);

	private static final Color NOBODY = new Color(0xb3261e);

	private static final Color AGENCY = new Color(0x9aa5b1);

	private static final int WIDTH = 700;

	private static final int LABELS = 210;

	private static final int ROW = 26;

	private static final float SMALL = 10;

	private static final float NORMAL = 11;

	private static final double BAR = 14;

	private static final FontRenderContext UNITS = new FontRenderContext(null, true, true);

	private static final Font FONT = font();

	private EvidencePictures() {
	}

	private static Font font() {
		try (InputStream file = AccessiblePdf.font("LiberationSans-Regular.ttf")) {
			return Font.createFont(Font.TRUETYPE_FONT, file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (FontFormatException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The steps of a case from level to level. */
	static Picture height(Height height) {
		return new Picture(600, 160, (canvas) -> {
			for (Rung rung : Rung.values()) {
				int y = height.y(rung);
				canvas.setStroke(new BasicStroke(1));
				canvas.setColor(LINE);
				canvas.draw(new Line2D.Double(0, y, 600, y));
				text(canvas, rung.label(), 4, y - 6, NORMAL, INK);
			}
			Path2D line = new Path2D.Double();
			for (String point : height.points().split(" ")) {
				String[] parts = point.split(",");
				double x = Double.parseDouble(parts[0]);
				double y = Double.parseDouble(parts[1]);
				if (line.getCurrentPoint() == null) {
					line.moveTo(x, y);
				}
				else {
					line.lineTo(x, y);
				}
			}
			canvas.setColor(WALKED);
			canvas.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
			canvas.draw(line);
		});
	}

	/** What lasted as bars, what was signed as marks, the threatening event as a rule. */
	static Picture timeline(Timeline timeline) {
		List<String> rows = Stream
			.concat(timeline.bars().stream().map(Timeline.Bar::row), timeline.marks().stream().map(Timeline.Mark::row))
			.distinct()
			.toList();
		return new Picture(WIDTH, (rows.size() + 1) * ROW + 14.0, (canvas) -> timeline(canvas, timeline, rows));
	}

	private static void timeline(Graphics2D canvas, Timeline timeline, List<String> rows) {
		Scale scale = scale(timeline);
		int bottom = rows.size() * ROW;
		canvas.setStroke(new BasicStroke(0.6f));
		for (int i = 0; i <= rows.size(); i++) {
			canvas.setColor(LINE);
			canvas.draw(new Line2D.Double(0, i * ROW, WIDTH, i * ROW));
		}
		for (int i = 0; i < rows.size(); i++) {
			text(canvas, shortened(rows.get(i), LABELS - 8, SMALL), 0, i * ROW + 17.0, SMALL, INK);
		}
		for (Instant tick : scale.ticks()) {
			double x = scale.at(tick);
			canvas.setColor(LINE);
			canvas.draw(new Line2D.Double(x, 0, x, bottom + 4.0));
			text(canvas, DutchTime.day(tick).getDayOfMonth() + "-" + DutchTime.day(tick).getMonthValue() + "-"
					+ DutchTime.day(tick).getYear(), Math.min(x + 2, WIDTH - 52), bottom + 14.0, 9, INK);
		}
		for (Timeline.Bar bar : timeline.bars()) {
			Instant until = bar.until();
			double x = scale.at(bar.since());
			double width = Math.max(2, scale.at((until != null) ? until : timeline.now()) - x);
			bar(canvas, bar.kind(), new Rectangle2D.Double(x, rows.indexOf(bar.row()) * ROW + 6.0, width, BAR));
		}
		for (Timeline.Mark mark : timeline.marks()) {
			mark(canvas, scale.at(mark.at()), rows.indexOf(mark.row()) * ROW + 13.0, mark.agreed());
		}
		LocalDate event = timeline.eventDate();
		if (event != null) {
			double x = scale.at(event.atStartOfDay(DutchTime.ZONE).toInstant());
			canvas.setColor(NOBODY);
			canvas.setStroke(new BasicStroke(2));
			for (double y = 0; y < bottom; y += 8) {
				canvas.draw(new Line2D.Double(x, y, x, y + 5));
			}
		}
	}

	private static void bar(Graphics2D canvas, String kind, Shape bar) {
		canvas.setStroke(new BasicStroke(1.2f));
		switch (kind) {
			case "lead" -> fill(canvas, bar, LEAD, LEAD);
			case "provisional" -> fill(canvas, bar, PROVISIONAL, LEAD);
			case "nobody" -> fill(canvas, bar, Color.WHITE, NOBODY);
			case "agency" -> fill(canvas, bar, AGENCY, AGENCY);
			default -> fill(canvas, bar, LEVEL, LEVEL);
		}
	}

	private static void mark(Graphics2D canvas, double x, double y, boolean agreed) {
		canvas.setStroke(new BasicStroke(2));
		canvas.setColor(agreed ? LEAD : NOBODY);
		if (agreed) {
			canvas.fill(new Ellipse2D.Double(x - 5, y - 5, 10, 10));
		}
		else {
			canvas.draw(new Line2D.Double(x - 4, y - 4, x + 4, y + 4));
			canvas.draw(new Line2D.Double(x - 4, y + 4, x + 4, y - 4));
		}
	}

	private static Scale scale(Timeline timeline) {
		List<Instant> moments = new ArrayList<>();
		timeline.bars().forEach((each) -> {
			Instant until = each.until();
			moments.add(each.since());
			moments.add((until != null) ? until : timeline.now());
		});
		timeline.marks().forEach((each) -> moments.add(each.at()));
		LocalDate event = timeline.eventDate();
		if (event != null) {
			moments.add(event.atStartOfDay(DutchTime.ZONE).toInstant());
		}
		return new Scale(moments.stream().min(Instant::compareTo).orElse(timeline.now()),
				moments.stream().max(Instant::compareTo).orElse(timeline.now()));
	}

	static void fill(Graphics2D canvas, Shape shape, Color inside, Color border) {
		canvas.setColor(inside);
		canvas.fill(shape);
		canvas.setColor(border);
		canvas.draw(shape);
	}

	static Shape rounded(Rectangle2D box) {
		return new RoundRectangle2D.Double(box.getX(), box.getY(), box.getWidth(), box.getHeight(), 16, 16);
	}

	/** As shapes, so that no font of the machine is asked for. */
	static void text(Graphics2D canvas, String text, double x, double y, float size, Color color) {
		canvas.setColor(color);
		canvas.fill(FONT.deriveFont(size).createGlyphVector(UNITS, text).getOutline((float) x, (float) y));
	}

	static double width(String text, float size) {
		return FONT.deriveFont(size).getStringBounds(text, UNITS).getWidth();
	}

	/** The words of a text, in lines that fit. */
	static List<String> lines(String text, double width, float size) {
		List<String> lines = new ArrayList<>();
		String line = "";
		for (String word : text.split("\\s+")) {
			String longer = line.isEmpty() ? word : line + " " + word;
			if (!line.isEmpty() && width(longer, size) > width) {
				lines.add(line);
				line = word;
			}
			else {
				line = longer;
			}
		}
		lines.add(line);
		return lines;
	}

	private static String shortened(String text, double width, float size) {
		String shown = text;
		while (width(shown, size) > width) {
			shown = shown.substring(0, shown.length() - 2).strip() + "…";
		}
		return shown;
	}

	/** Where a moment is, between the first and the last. */
	private record Scale(Instant first, Instant last) {

		private static final int TICKS = 6;

		double at(Instant moment) {
			double all = Math.max(1, Duration.between(this.first, this.last).toSeconds());
			return LABELS + (WIDTH - 8.0 - LABELS) * Duration.between(this.first, moment).toSeconds() / all;
		}

		/** The beginnings of days, evenly spread. */
		List<Instant> ticks() {
			long days = Math.max(1, Duration.between(this.first, this.last).toDays() / TICKS);
			List<Instant> ticks = new ArrayList<>();
			ZonedDateTime day = DutchTime.day(this.first).plusDays(1).atStartOfDay(DutchTime.ZONE);
			while (day.toInstant().isBefore(this.last)) {
				ticks.add(day.toInstant());
				day = day.plusDays(days);
			}
			return ticks;
		}

	}

}
