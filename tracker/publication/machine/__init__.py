"""The public record for programs: JSON, the API, tables, feeds, embeds, Akoma Ntoso, linked data, sitemap."""
