# The packaged jar in layers: what changes least lies lowest. There is no demo in it.

FROM maven:3.9.6-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml .
COPY src/main src/main
COPY processes processes
COPY forms forms
RUN --mount=type=cache,target=/root/.m2 mvn -B --no-transfer-progress -Dmaven.test.skip=true package
RUN java -Djarmode=tools -jar target/doorbraak.jar extract --layers --destination /layers

FROM eclipse-temurin:17.0.20.1_1-jre-noble
# The journal of alerts is all that is written, besides /tmp: the rest may be read-only.
RUN install -d -o 10001 -g 10001 /journal
WORKDIR /doorbraak
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/spring-boot-loader/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "doorbraak.jar"]
