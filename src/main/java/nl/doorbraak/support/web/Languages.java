package nl.doorbraak.support.web;

import java.time.Duration;
import java.util.Locale;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/**
 * The language of our own pages: Dutch, or English for who asked for it
 * ({@code ?taal=en}, remembered in a cookie), never what the browser prefers.
 */
@Configuration(proxyBeanMethods = false)
class Languages implements WebMvcConfigurer {

	static final String NAME = "taal";

	static final Locale DUTCH = Locale.forLanguageTag("nl");

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		LocaleChangeInterceptor change = new LocaleChangeInterceptor() {

			@Override
			protected Locale parseLocaleValue(String value) {
				return language(value);
			}

		};
		change.setParamName(NAME);
		change.setHttpMethods("GET");
		registry.addInterceptor(change);
	}

	private static Locale language(String value) {
		return value.equals("en") ? Locale.ENGLISH : DUTCH;
	}

	/** In a class of its own: Spring MVC asks for it by this name. */
	@Configuration(proxyBeanMethods = false)
	static class Resolver {

		@Bean
		LocaleResolver localeResolver() {
			CookieLocaleResolver resolver = new CookieLocaleResolver(NAME) {

				@Override
				protected Locale parseLocaleValue(String value) {
					return language(value);
				}

			};
			resolver.setDefaultLocale(DUTCH);
			resolver.setCookieHttpOnly(true);
			resolver.setCookieSameSite("Lax");
			resolver.setCookieMaxAge(Duration.ofDays(365));
			return resolver;
		}

	}

}
